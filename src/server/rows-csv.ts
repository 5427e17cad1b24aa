import { Readable } from "node:stream";
import type { Api, ExplainRequest } from "../contract/api.ts";
import type { ExplainedPart } from "../contract/explanation.ts";
import { cellFrom } from "./cell-address.ts";
import { badRequest } from "./parse.ts";
import { csvLine } from "../contract/csv.ts";

const perAsk = 20_000;

/** Every row of a part as a CSV file, read in portions so that no client can fill the memory. */
export async function rowsCsv(search: URLSearchParams, api: Api, signal: AbortSignal): Promise<Response> {
  const { part, request } = requestFrom(search);
  const first = await portion(api, request, part, 0, signal);
  const body = Readable.toWeb(Readable.from(lines(api, request, first, signal), { objectMode: false }));
  return new Response(body as ReadableStream, {
    headers: {
      "Content-Type": "text/csv; charset=utf-8; header=present",
      "Content-Disposition": `attachment; filename="${nameOf(request, part)}.csv"`,
    },
  });
}

function requestFrom(search: URLSearchParams): { part: string; request: ExplainRequest } {
  const part = search.get("part");
  if (part === null || part === "") throw badRequest("part", "missing; expected the id of a part of the formula");
  const rest = new URLSearchParams([...search].filter(([name]) => name !== "part"));
  const { limit: _limit, offset: _offset, ...request } = cellFrom(rest);
  return { part, request };
}

async function portion(
  api: Api,
  request: ExplainRequest,
  id: string,
  offset: number,
  signal: AbortSignal,
): Promise<ExplainedPart> {
  const { parts } = await api.explain({ ...request, limit: perAsk, offset }, signal);
  const part = parts.find((each) => each.id === id);
  if (part === undefined) throw badRequest("part", `${id}; expected one of ${parts.map((each) => each.id).join(", ")}`);
  return part;
}

async function* lines(
  api: Api,
  request: ExplainRequest,
  first: ExplainedPart,
  signal: AbortSignal,
): AsyncGenerator<string> {
  yield csvLine(first.columns);
  let offset = 0;
  for (let part = first; part.rows.length > 0; part = await portion(api, request, first.id, offset, signal)) {
    yield part.rows.map((row) => csvLine(first.columns.map((column) => row[column]))).join("");
    offset += part.rows.length;
    if (offset >= part.rowCount) return;
  }
}

const nameOf = ({ question }: ExplainRequest, part: string): string =>
  [question.indicator, part, question.from, question.to]
    .filter(Boolean)
    .join("-")
    .replace(/[^\w-]/g, "_");
