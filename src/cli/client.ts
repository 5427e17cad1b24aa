import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { openApi } from "../ask/api.ts";
import type { Answer } from "../contract/answer.ts";
import type { Attainment } from "../contract/attainment.ts";
import type { Attribution } from "../contract/attribution.ts";
import type { Api } from "../contract/api.ts";
import type { ChannelDecision, ChannelReport } from "../contract/channels.ts";
import type { CheckReport } from "../contract/check.ts";
import type { Catalogue } from "../contract/catalogue.ts";
import type { DefinitionHistory } from "../contract/definitions.ts";
import type { Explanation } from "../contract/explanation.ts";
import type { DecisionOrder, DecisionOutcome } from "../contract/decision.ts";
import type { Journey } from "../contract/journey.ts";
import type { ForecastScores, SealedForecast, SealOrder } from "../contract/forecast.ts";
import type { Funnel } from "../contract/funnel.ts";
import type { Retention } from "../contract/retention.ts";
import type { RepDetail } from "../contract/rep.ts";
import type { Reps } from "../contract/reps.ts";
import type { Goal, GoalOrder, GoalOutcome, GoalVersion } from "../contract/goal.ts";
import type { Person, PersonOrder, PersonOutcome } from "../contract/person.ts";
import { ProblemBody } from "../contract/problem.ts";
import type { Receipt, Verification } from "../contract/receipt.ts";
import type { ProposedVersion, PublishOrder, Rehearsal } from "../contract/rehearsal.ts";
import type { CollectedRow } from "../contract/collected.ts";
import type { Holdout } from "../contract/holdout.ts";
import type { ViewThrough } from "../contract/view-through.ts";
import type { SpendAudit } from "../contract/spend-audit.ts";
import type { Readiness } from "../contract/readiness.ts";
import type { RejectedRow } from "../contract/rejected.ts";
import type { Revenue } from "../contract/revenue.ts";
import type { LeadScore, MqlRuleText, ScorePreview } from "../contract/score.ts";
import type { Scoreboard, ScoreboardAnswer } from "../contract/scoreboard.ts";
import { Problem } from "../engine/problem.ts";
import { openWorkspace } from "../workspace/workspace.ts";
import {
  changeGoal,
  decide,
  changePerson,
  importFile,
  publish,
  seal,
  sync,
  type ImportBody,
  type Report,
  type SyncBody,
  type SyncOutcome,
} from "./operations.ts";
import type { Landed } from "../sources/messages/index.ts";
import type { SyncResult } from "../sources/sync.ts";
import { landMessages, streamsIn, type LandBody, type StreamReport, type StreamsBody } from "./landing.ts";

/** What commands call: the workspace itself, or the server that holds it. */
export interface Client extends Api {
  sync(body: SyncBody, report: Report): Promise<SyncOutcome[]>;
  import(body: ImportBody, report: Report): Promise<SyncResult>;
  /** Keeps a chunk of messages, as it lies in the workspace's folder. */
  land(body: LandBody): Promise<Landed>;
  /** What was landed of a source, and what becomes of it. */
  streams(body: StreamsBody): Promise<StreamReport>;
  goal(order: GoalOrder): Promise<GoalOutcome>;
  decide(order: DecisionOrder): Promise<DecisionOutcome>;
  changePerson(order: PersonOrder): Promise<PersonOutcome>;
  publish(order: PublishOrder): Promise<ProposedVersion>;
  seal(order: SealOrder): Promise<SealedForecast>;
  close(): void;
}

/** Where a server says how to reach it, readable by its owner only. */
export const serverFile = (folder: string): string => join(folder, "data", "server.json");

const ServerNote = z.object({ url: z.string(), token: z.string(), process: z.number() });
export type ServerNote = z.infer<typeof ServerNote>;

/** The server that holds the workspace, if one answers. */
export async function runningServer(folder: string): Promise<ServerNote | undefined> {
  if (!existsSync(serverFile(folder))) return undefined;
  const note = ServerNote.safeParse(JSON.parse(readFileSync(serverFile(folder), "utf8")));
  if (!note.success) return undefined;
  const answered = await fetch(new URL("/healthz", note.data.url), { signal: AbortSignal.timeout(2000) }).catch(
    () => undefined,
  );
  return answered?.ok === true ? note.data : undefined;
}

/** A Problem that came over the wire. */
export const problemOf = ({ code, message, remedy, detail }: ProblemBody): Problem =>
  new Problem(code, message, remedy, detail);

async function refuse(response: Response): Promise<never> {
  const body = ProblemBody.safeParse(await response.json().catch(() => undefined));
  if (!body.success) throw new Problem("server-failed", `the server answered ${response.status}`, "look at its log");
  throw problemOf(body.data);
}

const Line = z.union([
  z.object({ progress: z.custom<Parameters<Report>[0]>() }),
  z.object({ problem: ProblemBody }),
  z.object({ done: z.unknown() }),
]);

/** Reads lines of JSON until one says that the work is done. */
async function followed(response: Response, report: Report): Promise<unknown> {
  let rest = "";
  for await (const chunk of (response.body ?? new Blob().stream()).pipeThrough(new TextDecoderStream())) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    for (const text of lines.filter((each) => each.trim() !== "")) {
      const line = Line.parse(JSON.parse(text));
      if ("done" in line) return line.done;
      if ("problem" in line) throw problemOf(line.problem);
      report(line.progress);
    }
  }
  throw new Problem("server-failed", "the server stopped before it was done", "look at its log and try again");
}

/** A request as the parameters of an address. */
const addressed = (request: Readonly<Record<string, string | number | boolean | undefined>>): string =>
  new URLSearchParams(
    Object.entries(request).flatMap(([name, value]): [string, string][] =>
      value === undefined ? [] : [[name, String(value)]],
    ),
  ).toString();

function remote({ url, token }: ServerNote): Client {
  const send = async (path: string, body: string | undefined, signal?: AbortSignal): Promise<Response> => {
    const response = await fetch(new URL(`/api/v1/${path}`, url), {
      ...(body === undefined ? {} : { method: "POST", body }),
      headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
      signal: signal ?? null,
    });
    return response.ok ? response : refuse(response);
  };
  const call = (path: string, body: unknown, signal?: AbortSignal): Promise<Response> =>
    send(path, body === undefined ? undefined : JSON.stringify(body), signal);
  const json = async <T>(path: string, body: unknown, signal?: AbortSignal) =>
    (await (await call(path, body, signal)).json()) as T;
  return {
    ask: (question, signal) => json<Answer>("ask", question, signal),
    explain: (request, signal) => json<Explanation>("explain", request, signal),
    catalogue: () => json<Catalogue>("indicators", undefined),
    goals: () => json<Goal[]>("goals", undefined),
    goalHistory: (request) => json<GoalVersion[]>(`goals/history?${addressed(request)}`, undefined),
    scoreboards: () => json<Scoreboard[]>("scoreboards", undefined),
    scoreboard: ({ name = "nine", ...request }, signal) =>
      json<ScoreboardAnswer>(`scoreboards/${encodeURIComponent(name)}?${addressed(request)}`, undefined, signal),
    attainment: (request, signal) => json<Attainment[]>(`attainment?${addressed(request)}`, undefined, signal),
    journey: (request) => json<Journey>(`journey?${addressed(request)}`, undefined),
    attribution: (request, signal) => json<Attribution>("attribution", request, signal),
    funnel: (request, signal) => json<Funnel>("funnel", request, signal),
    retention: (request, signal) => json<Retention>("retention", request, signal),
    revenue: (request, signal) => json<Revenue>("revenue", request, signal),
    rep: (request, signal) => json<RepDetail>("rep", request, signal),
    reps: (request, signal) => json<Reps>("reps", request, signal),
    forecasts: (signal) => json<ForecastScores>("forecasts", undefined, signal),
    definitions: (request) => json<DefinitionHistory[]>(`definitions?${addressed(request)}`, undefined),
    rehearse: (proposed) => json<Rehearsal>("rehearse", proposed),
    channels: (request) => json<ChannelReport>(`channels?${addressed(request)}`, undefined),
    tryChannel: (arrival) => json<ChannelDecision>(`channels/try?${addressed(arrival)}`, undefined),
    mqlRule: () => json<MqlRuleText>("mql-rule", undefined),
    previewScore: (request) => json<ScorePreview>("mql-rule/preview", request),
    score: ({ lead }) => json<LeadScore>(`leads/${encodeURIComponent(lead)}/score`, undefined),
    readiness: (request, signal) => json<Readiness>(`readiness?${addressed(request)}`, undefined, signal),
    viewThrough: (request, signal) => json<ViewThrough>(`view-through?${addressed(request)}`, undefined, signal),
    holdout: (request, signal) => json<Holdout>("holdout", request, signal),
    spendAudit: (request, signal) => json<SpendAudit>(`spend-audit?${addressed(request)}`, undefined, signal),
    rejected: (request) => json<RejectedRow[]>(`rejected?${addressed(request)}`, undefined),
    collected: (request) => json<CollectedRow[]>(`collected?${addressed(request)}`, undefined),
    receipt: (question, signal) => json<Receipt>("receipt", question, signal),
    verify: async (text, signal) => (await (await send("verify", text, signal)).json()) as Verification,
    check: (request) => json<CheckReport>("check", request),
    sync: async (body, report) => (await followed(await call("operations/sync", body), report)) as SyncOutcome[],
    import: async (body, report) => (await followed(await call("operations/import", body), report)) as SyncResult,
    land: async (body) => (await followed(await call("operations/land", body), () => undefined)) as Landed,
    streams: async (body) => (await followed(await call("operations/streams", body), () => undefined)) as StreamReport,
    goal: async (order) => (await followed(await call("operations/goal", order), () => undefined)) as GoalOutcome,
    decide: async (order) =>
      (await followed(await call("operations/decide", order), () => undefined)) as DecisionOutcome,
    person: (request) => json<Person>(`person?${addressed(request)}`, undefined),
    changePerson: async (order) =>
      (await followed(await call("operations/person", order), () => undefined)) as PersonOutcome,
    publish: async (order) =>
      (await followed(await call("operations/publish", order), () => undefined)) as ProposedVersion,
    seal: async (order) => (await followed(await call("operations/seal", order), () => undefined)) as SealedForecast,
    close: () => undefined,
  };
}

/** Opens the workspace, or reaches the server that holds it. `writes` says whether facts will be loaded. */
export async function openClient(folder: string, now: () => Date, writes: boolean): Promise<Client> {
  const server = await runningServer(folder);
  if (server !== undefined) return remote(server);
  const workspace = await openWorkspace(folder, { readOnly: !writes, now });
  return {
    ...openApi(workspace, now),
    sync: (body, report) => sync(workspace, body, now, report),
    import: (body, report) => importFile(workspace, body, now, report),
    land: (body) => landMessages(workspace, body, now),
    streams: (body) => streamsIn(workspace, body),
    goal: (order) => changeGoal(workspace, order, now),
    decide: (order) => decide(workspace, order, now),
    changePerson: (order) => changePerson(workspace, order, now),
    publish: (order) => publish(workspace, order, now),
    seal: (order) => seal(workspace, order, now),
    close: () => workspace.close(),
  };
}
