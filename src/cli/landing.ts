import { z } from "zod";
import type { Connection } from "../engine/database.ts";
import { erasedNames } from "../facts/people/erasure.ts";
import {
  countsOf,
  forgetLanded,
  dialectNames,
  land,
  resumeOf,
  streamsOf,
  understoodMappings,
  type Landed,
} from "../sources/messages/index.ts";
import { inTurn } from "../workspace/turns.ts";
import type { Workspace } from "../workspace/workspace.ts";

const source = z.string().regex(/^[\w.-]{1,64}$/, "expected a name of letters, digits, points and dashes");

export const LandBody = z.strictObject({
  source,
  dialect: z.enum(dialectNames),
  chunk: z.strictObject({ file: z.string(), lines: z.number(), tooLong: z.array(z.string()) }),
});
export type LandBody = z.infer<typeof LandBody>;

export const StreamsBody = z.strictObject({ source });
export type StreamsBody = z.infer<typeof StreamsBody>;

/** The streams of a source: how many records of each stand, and the facts that are made of it; and what the source goes on from. */
export interface StreamReport {
  readonly source: string;
  readonly streams: readonly {
    readonly stream: string;
    readonly records: number;
    readonly key: readonly string[];
    readonly facts: readonly string[];
    readonly landedAt: string;
  }[];
  readonly state: unknown;
  /** Whether embudo.yaml makes facts of it. */
  readonly isMapped: boolean;
}

/** Keeps a chunk of messages as they are, but for what they say of people who were erased. */
export const landMessages = (workspace: Workspace, body: LandBody, now: () => Date): Promise<Landed> =>
  inTurn(workspace, () =>
    workspace.database.use(async (connection) => {
      const landed = await land(connection, { ...body, now });
      const isErased = await erasedNames(connection, workspace.rules.pepper);
      if (isErased !== undefined) await forgetLanded(connection, isErased, workspace.settings.sources);
      return landed;
    }),
  );

async function report(connection: Connection, workspace: Workspace, name: string): Promise<StreamReport> {
  const spec = workspace.settings.sources[name];
  const mappings = await understoodMappings(connection, name, spec);
  const counts = await countsOf(connection, name);
  const streams = (await streamsOf(connection, name)).map((each) => ({
    stream: each.name,
    records: counts.get(each.name) ?? 0,
    key: each.key,
    facts: mappings.filter(({ names }) => names.includes(each.name)).map(({ fact }) => fact),
    landedAt: each.landedAt,
  }));
  return { source: name, streams, state: await resumeOf(connection, name), isMapped: spec !== undefined };
}

/** What was landed of a source, and what becomes of it. */
export async function streamsIn(workspace: Workspace, body: StreamsBody): Promise<StreamReport> {
  await workspace.refresh();
  return workspace.database.use((connection) => report(connection, workspace, body.source));
}
