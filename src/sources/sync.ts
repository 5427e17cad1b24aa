import { z } from "zod";
import type { Connection } from "../engine/database.ts";
import type { Problem } from "../engine/problem.ts";
import type { FactRules } from "../facts/derived/rules.ts";
import { factNamed, facts } from "../facts/index.ts";
import { isUnchanged, load, type LoadStep, type LoadSummary } from "../facts/load.ts";
import { FilesSource, openFilesSource } from "./files/index.ts";
import { openStreams, StreamsSource } from "./messages/index.ts";
import type { OpenedSource } from "./opened.ts";
import { landInbox, WebhookSource } from "./webhook/index.ts";

/** A source of the workspace, to be read whole. */
export interface SyncRequest {
  readonly folder: string;
  readonly source: string;
  readonly spec: unknown;
  /** What exactly is read, so that rows rejected from it before are reconsidered; the source by default. */
  readonly origin?: string;
  /** Whether the source states all it knows, so that its rows replace each other by scope. */
  readonly restates: boolean;
  /** Of a source that takes things in just now: what is not being written any more. */
  readonly sealed?: readonly string[] | undefined;
  readonly rules: FactRules;
  readonly now: () => Date;
  /** A Problem that points into embudo.yaml, at a path below the source. */
  readonly problemAt: (path: readonly PropertyKey[], message: string) => Problem;
  readonly progress?: (step: LoadStep) => void;
}

export interface SyncResult extends LoadSummary {
  /** Nothing was read, because nothing can have changed since the last load. */
  readonly unchanged: boolean;
  readonly bytes: number;
  /** Lines that had too few columns and were read with the missing ones empty. */
  readonly short: readonly { readonly file: string; readonly lines: number }[];
}

/** What is common to the settings of all kinds. */
interface Spec {
  readonly facts: Readonly<Record<string, string>>;
}

/** A kind of source: what its settings are, and how it is made ready to be read. */
interface Kind<S extends Spec = Spec> {
  readonly settings: z.ZodType<S>;
  readonly open: (connection: Connection, spec: S, request: SyncRequest) => Promise<OpenedSource>;
}

const kind = <S extends Spec>(each: Kind<S>): Kind => each as unknown as Kind;

const kinds: ReadonlyMap<string, Kind> = new Map([
  [
    "files",
    kind({
      settings: FilesSource,
      open: (connection, spec, { folder }) => openFilesSource(connection, folder, spec),
    }),
  ],
  [
    "streams",
    kind({
      settings: StreamsSource,
      open: (connection, spec, { source }) => openStreams(connection, source, spec),
    }),
  ],
  [
    "webhook",
    kind({
      settings: WebhookSource,
      open: async (connection, spec, { folder, source, sealed, now }) => {
        await landInbox(connection, { folder, source, spec, sealed, now });
        return openStreams(
          connection,
          source,
          spec,
          `send something to /in/${source}; \`embudo webhook ${source}\` says how`,
        );
      },
    }),
  ],
]);

function kindOf({ spec, source, problemAt }: SyncRequest): Kind {
  const { kind: named } = z.looseObject({ kind: z.string() }).parse(spec);
  const found = kinds.get(named);
  if (found !== undefined) return found;
  throw problemAt(["kind"], `${source} is of the unknown kind ${named}; use one of ${[...kinds.keys()].join(", ")}`);
}

function specOf({ settings }: Kind, { spec, source, problemAt }: SyncRequest): Spec {
  const parsed = settings.safeParse(spec);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const path = issue?.path ?? [];
  const at = issue?.code === "unrecognized_keys" ? [...path, issue.keys[0] ?? ""] : path;
  throw problemAt(at, `${[source, ...path].join(".")}: ${issue?.message ?? "invalid"}`);
}

function mappedFact(name: string, { problemAt }: SyncRequest) {
  const fact = factNamed(name);
  if (fact === undefined)
    throw problemAt(["facts", name], `${name} is no fact; use one of ${facts.map((each) => each.name).join(", ")}`);
  return fact;
}

/** Reads a source and loads what it has; all of it is loaded, or nothing. */
export async function syncSource(connection: Connection, request: SyncRequest): Promise<SyncResult> {
  const kind = kindOf(request);
  const spec = specOf(kind, request);
  const wanted = new Map(Object.keys(spec.facts).map((name) => [name, mappedFact(name, request)]));
  const { source, rules } = request;
  const origin = request.origin ?? source;
  const opened = await kind.open(connection, spec, request);
  try {
    const { bytes, format, complete } = opened;
    if (await isUnchanged(connection, source, origin, opened.fingerprint))
      return { loadId: 0, source, facts: [], unchanged: true, bytes, short: [] };
    const summary = await load(connection, {
      source,
      origin,
      mappings: opened.facts.flatMap(({ fact, select }) => {
        const table = wanted.get(fact);
        return table === undefined ? [] : [{ fact: table, select }];
      }),
      format,
      zone: rules.zone,
      rules,
      fingerprint: opened.fingerprint,
      restates: request.restates,
      complete,
      now: request.now,
      settled: () => opened.settled(),
      unreadable: () => opened.unreadable(),
      ...(request.progress === undefined ? {} : { progress: request.progress }),
    });
    return { ...summary, unchanged: false, bytes, short: opened.short() };
  } catch (error) {
    throw opened.problem(error);
  } finally {
    await opened.close();
  }
}
