import { createHash } from "node:crypto";
import { z } from "zod";
import type { Connection } from "../../engine/database.ts";
import { messageOf, Problem } from "../../engine/problem.ts";
import { suggestion } from "../../engine/nearest.ts";
import { invalid, parseSelect, type ParsedSelect, type Readable } from "../mapping.ts";
import type { OpenedSource } from "../opened.ts";
import { landedFingerprint, relationOf, streamsOf, type Stream } from "./streams.ts";
import { quoted } from "../../engine/sql.ts";

/** A source of kind `streams`: what `embudo import --singer` or `--airbyte` landed, and a SELECT per fact over its streams. */
export const StreamsSource = z.strictObject({
  kind: z.literal("streams"),
  /** Zone of the instants that are written without an offset. */
  zone: z.string().optional(),
  facts: z.record(z.string(), z.string()),
});
export type StreamsSource = z.infer<typeof StreamsSource>;

/** Sources of the kinds whose SELECTs read streams. */
const Mapped = z.looseObject({ kind: z.enum(["streams", "webhook"]), facts: z.record(z.string(), z.string()) });

const readableIn = (streams: readonly Stream[]): Readable => {
  const names = streams.map(({ name }) => name);
  return {
    isName: (name) => names.includes(name),
    refusal: (name) => `${name} is no stream that was landed; ${suggestion(name, names)}`,
    example: () => `FROM ${names[0] ?? "a stream"}`,
  };
};

/** The SELECTs of a source that are understood; none where it is of another kind. */
export async function understoodMappings(
  connection: Connection,
  source: string,
  spec: unknown,
): Promise<readonly ParsedSelect[]> {
  const parsed = Mapped.safeParse(spec);
  if (!parsed.success) return [];
  const readable = readableIn(await streamsOf(connection, source));
  const found: ParsedSelect[] = [];
  for (const [fact, text] of Object.entries(parsed.data.facts))
    try {
      found.push(await parseSelect(connection, fact, text, readable));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
    }
  return found;
}

/** Makes what a source landed readable: each SELECT with the streams that it reads before it. */
export async function openStreams(
  connection: Connection,
  source: string,
  spec: Pick<StreamsSource, "zone" | "facts">,
  howToLand = `run it through \`embudo import --singer --source ${source}\` (or --airbyte) first`,
): Promise<OpenedSource> {
  const streams = await streamsOf(connection, source);
  if (streams.length === 0)
    throw new Problem("nothing-landed", `nothing was landed for ${source} yet`, howToLand, { source });
  const readable = readableIn(streams);
  const facts: { fact: string; select: string }[] = [];
  for (const [fact, text] of Object.entries(spec.facts)) {
    const { select, names } = await parseSelect(connection, fact, text, readable);
    const read = streams.filter(({ name }) => names.includes(name));
    const relations = read.map((each) => `${quoted(each.name)} AS (${relationOf(source, each)})`);
    const whole =
      relations.length === 0 ? select : `WITH ${relations.join(",\n")}\nSELECT * FROM (${select}) AS mapped`;
    try {
      await connection.describe(whole);
    } catch (error) {
      throw invalid(fact, messageOf(error));
    }
    facts.push({ fact, select: whole });
  }
  const landed = await landedFingerprint(connection, source);
  return {
    facts,
    bytes: 0,
    fingerprint: createHash("sha256")
      .update(JSON.stringify([spec, landed]))
      .digest("hex"),
    complete: true,
    format: { zone: spec.zone },
    settled: () => Promise.resolve(true),
    unreadable: () => Promise.resolve([]),
    short: () => [],
    problem: (error) =>
      error instanceof Problem || !/^[A-Z][A-Za-z ]+ Error: /.test(messageOf(error))
        ? error
        : invalid(source, messageOf(error)),
    close: () => Promise.resolve(),
  };
}
