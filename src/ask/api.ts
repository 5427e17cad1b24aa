import type { z } from "zod";
import { ExplainRequest, type Api } from "../contract/api.ts";
import { AttainmentRequest } from "../contract/attainment.ts";
import { AttributionRequest } from "../contract/attribution.ts";
import { FunnelRequest } from "../contract/funnel.ts";
import { RepRequest } from "../contract/rep.ts";
import { RepsRequest } from "../contract/reps.ts";
import { Question } from "../contract/question.ts";
import { ReadinessRequest } from "../contract/readiness.ts";
import { RevenueRequest } from "../contract/revenue.ts";
import { HoldoutRequest } from "../contract/holdout.ts";
import { ViewThroughRequest } from "../contract/view-through.ts";
import { RetentionRequest } from "../contract/retention.ts";
import { SpendAuditRequest } from "../contract/spend-audit.ts";
import { PreviewRequest, ScoreRequest } from "../contract/score.ts";
import { ScoreboardRequest } from "../contract/scoreboard.ts";
import { Problem } from "../engine/problem.ts";
import { dayIn, endOfDay, isDay, minDay, type Day } from "../engine/time.ts";
import { scoreboard } from "../indicators/scoreboard.ts";
import { sealedLines } from "../workspace/sealed-forecasts.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { answer } from "./answer.ts";
import { attributionOf } from "./attribution/attribution.ts";
import { bridgeOf } from "./bridge/bridge.ts";
import { spendAudit } from "./campaigns/spend-audit.ts";
import { catalogueOf } from "./catalogue.ts";
import { changesBetween } from "./changes/changes.ts";
import { channelReport, tryChannel } from "./channels.ts";
import { conservation } from "./conservation/conservation.ts";
import { keepConserved, type Conserved, type Prove } from "./conservation/conserved.ts";
import { definitionHistory } from "./definitions/definition-history.ts";
import type { Context } from "./draft.ts";
import { explainScoreboard } from "./explain/explain-scoreboard.ts";
import { explain } from "./explain/explain.ts";
import { funnelOf } from "./funnel/funnel.ts";
import { attainments } from "./goals/attainment.ts";
import { goalsOf } from "./goals/goals.ts";
import { forecastScores } from "./forecast/scores.ts";
import { goalHistory } from "./goals/history.ts";
import { withProbability } from "./goals/probability.ts";
import { filledScoreboard, scoreboardsOf } from "./goals/scoreboards.ts";
import { journeyOf } from "./journey/journey.ts";
import { holdout } from "./lift/holdout.ts";
import { viewThrough } from "./lift/view-through.ts";
import { keepLedger, type Ledger } from "./ledger.ts";
import { evidenceOf, presentInstant, receiptOf } from "./receipt/receipt.ts";
import { verified } from "./receipt/verify.ts";
import { personNamed } from "./people/obey.ts";
import { rehearse } from "./rehearsal/rehearse.ts";
import { collectedEvents } from "./collected.ts";
import { readinessOf } from "./readiness/readiness.ts";
import { rejectedRows } from "./rejected.ts";
import { retentionOf } from "./retention/retention.ts";
import { revenueOf } from "./revenue/revenue.ts";
import { repOf } from "./reps/rep.ts";
import { repsIn } from "./reps/reps.ts";
import { leadScore } from "./score/lead-score.ts";
import { previewScore } from "./score/preview.ts";
import { ruleText, textToPreview } from "./score/rule-text.ts";
import { scoreboardAnswer } from "./goals/scoreboard.ts";

const waysOut: Readonly<Record<string, string>> = {
  from: "write days as 2026-11-23",
  to: "write days as 2026-11-23",
  period: "write days as 2026-11-23",
  compare: "compare with previous or year, or with a range of days such as 2026-11-01 to 2026-11-23",
  asOf: "write instants as 2026-11-23T10:12:00Z, or days as 2026-11-23",
  since: "write instants as 2026-11-23T10:12:00Z, or days as 2026-11-23",
  currency: "write currencies as EUR",
  interval: "write the level as 0.8",
  window: "write the window in days, e.g. 30",
  grain: "use day, week, month, quarter or year",
  clock: "use period or cohort",
};

const invalid = (field: string, message: string): Problem =>
  new Problem(
    "invalid-question",
    `invalid ${field === "" ? "question" : field}: ${message}`,
    waysOut[field.split(".").at(-1) ?? ""] ??
      (message.startsWith("expected one of ")
        ? "use one of these"
        : "name an indicator, and only options that questions have"),
    { field },
  );

function checkDays(days: Readonly<Record<string, string | undefined>>): void {
  for (const [field, day] of Object.entries(days))
    if (day !== undefined && !isDay(day)) throw invalid(field, `${day} is no day of the calendar`);
}

/** A request from outside, or a Problem that names what is wrong with it. */
function checkedRequest<T extends { readonly from?: string | undefined; readonly to?: string | undefined }>(
  schema: z.ZodType<T>,
  request: unknown,
): T {
  const parsed = schema.safeParse(request);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw invalid(issue?.path.join(".") ?? "", issue?.message ?? "not understood");
  }
  checkDays({ from: parsed.data.from, to: parsed.data.to });
  return parsed.data;
}

/** A question from outside, or a Problem that names what is wrong with it. */
export function checkedQuestion(question: unknown): Question {
  const asked = checkedRequest(Question, question);
  const { compare } = asked;
  const other = typeof compare === "object" ? compare : undefined;
  checkDays({ "compare.from": other?.from, "compare.to": other?.to });
  return asked;
}

/** An instant at which nothing was known yet is refused: an answer without any rows would look like one with none. */
function refuseBeforeLoads(instant: string | undefined, { version, firstLoadedAt }: Ledger, zone: string): void {
  if (instant === undefined || version > 0 || firstLoadedAt === null) return;
  const day = dayIn(zone, new Date(firstLoadedAt));
  throw new Problem(
    "nothing-loaded-yet",
    `at ${instant} nothing had been loaded yet; the first load was over at ${firstLoadedAt}`,
    `ask for ${day} or a later day`,
    { asOf: instant, firstLoadedAt },
  );
}

/** A comparison of models from outside, or a Problem that names what is wrong with it. */
export const checkedAttribution = (request: unknown): AttributionRequest => checkedRequest(AttributionRequest, request);

/** What is asked of the funnel from outside, or a Problem that names what is wrong with it. */
export const checkedFunnel = (request: unknown): FunnelRequest => checkedRequest(FunnelRequest, request);

/** What is asked of retention from outside, or a Problem that names what is wrong with it. */
export const checkedRetention = (request: unknown): RetentionRequest => checkedRequest(RetentionRequest, request);
/** What is asked of the revenue to come from outside, or a Problem that names what is wrong with it. */
export const checkedRevenue = (request: unknown): RevenueRequest => checkedRequest(RevenueRequest, request);

/** What is asked of the map of reps from outside, or a Problem that names what is wrong with it. */
export const checkedReps = (request: unknown): RepsRequest => checkedRequest(RepsRequest, request);

/** Who of those who sell is asked for from outside, or a Problem that names what is wrong with it. */
export const checkedRep = (request: unknown): RepRequest => checkedRequest(RepRequest, request);

/**
 * What questions to a workspace stand on, now or as of an instant. `now` is the clock that says which day is today, unless it
 * is said on which day they stood.
 */
export function contextsOf(
  workspace: Workspace,
  now: () => Date,
  conserved: Conserved = keepConserved(workspace.database, now, conservation),
) {
  const ledger = keepLedger(workspace.database);
  return async (asked?: string, stood?: Day): Promise<Context> => {
    await workspace.refresh();
    const instant = asked === undefined ? undefined : new Date(asked).toISOString();
    const definitions = workspace.definitions.asOf(instant);
    const { settings } = definitions;
    const present = dayIn(settings.time_zone, now());
    const then = instant === undefined ? present : dayIn(settings.time_zone, new Date(instant));
    const today = stood ?? minDay(present, then);
    const known = await ledger(instant);
    refuseBeforeLoads(instant, known, workspace.settings.time_zone);
    const observedTo = (await known.lastDay(today)) ?? today;
    const indicators = definitions.inForce(today);
    const violations = await conserved.violations(known.version);
    return { indicators, definitions, settings, ledger: known, today, asOf: known.asOf, observedTo, violations };
  };
}

/** What is only rehearsed is not checked: it is not kept either. */
const unchecked: Prove = () => Promise.resolve([]);

/** Everything that can be asked of an open workspace. */
export function openApi(workspace: Workspace, now: () => Date, prove: Prove = conservation): Api {
  const { database } = workspace;
  const conserved = keepConserved(database, now, prove);
  const contextAt = contextsOf(workspace, now, conserved);
  const instantOf = (asked?: string): string => (asked === undefined ? now() : new Date(asked)).toISOString();
  /** A day of knowledge means its end: what was known on that day was known by then. */
  async function lastOf(asked: string): Promise<string> {
    if (!isDay(asked)) return asked;
    await workspace.refresh();
    return endOfDay(asked, workspace.settings.time_zone);
  }
  const knowing = async <T extends { readonly asOf?: string | undefined }>(asked: T): Promise<T> =>
    asked.asOf === undefined ? asked : { ...asked, asOf: await lastOf(asked.asOf) };
  /** What changed since an earlier instant of knowledge; the scoreboard is made of other answers, which have their own. */
  async function changesSince({ since, ...asked }: ExplainRequest, context: Context, signal?: AbortSignal) {
    if (since === undefined || asked.question.indicator === scoreboard.id) return null;
    if (!ExplainRequest.shape.since.safeParse(since).success) throw invalid("since", `${since} is no instant`);
    const instant = instantOf(await lastOf(since));
    const before = { instant, context: await contextAt(instant) };
    return changesBetween(asked, before, { instant: instantOf(asked.question.asOf), context }, database, signal);
  }
  /** What a load overtook while it was being answered is answered again, so that it rests on one state of the facts. */
  async function steadily<T>(asOf: string | undefined, work: (context: Context) => Promise<T>): Promise<T> {
    const context = await contextAt(asOf);
    const found = await work(context);
    const { ledger } = await contextAt(asOf);
    return ledger.version === context.ledger.version ? found : steadily(asOf, work);
  }
  return {
    catalogue: async () => catalogueOf(await contextAt()),
    goals: () => goalsOf(database),
    goalHistory: (request) => goalHistory(request, database),
    scoreboards: async () => scoreboardsOf(await contextAt()),
    async scoreboard(request, signal) {
      const asked = await knowing(checkedRequest(ScoreboardRequest, request));
      return filledScoreboard(asked, await contextAt(asked.asOf), database, signal);
    },
    async attainment(request, signal) {
      const asked = await knowing(checkedRequest(AttainmentRequest, request));
      const context = await contextAt(asked.asOf);
      const held = await attainments(asked, context, database, signal);
      return asked.probability === true ? withProbability(held, context, database, signal) : held;
    },
    async attribution(request, signal) {
      const asked = await knowing(checkedAttribution(request));
      return steadily(asked.asOf, (context) => attributionOf(asked, context, database, signal));
    },
    async funnel(request, signal) {
      const asked = await knowing(checkedFunnel(request));
      return steadily(asked.asOf, (context) => funnelOf(asked, context, database, signal));
    },
    async retention(request, signal) {
      const asked = await knowing(checkedRetention(request));
      return steadily(asked.asOf, (context) => retentionOf(asked, context, database, signal));
    },
    async revenue(request, signal) {
      const asked = await knowing(checkedRevenue(request));
      return steadily(asked.asOf, (context) =>
        revenueOf(asked, context, database, sealedLines(workspace.folder), signal),
      );
    },
    async forecasts(signal) {
      return steadily(undefined, (context) => {
        const ask = (question: Question) => answer(question, context, database, signal);
        return forecastScores(sealedLines(workspace.folder), context.observedTo, ask);
      });
    },
    async reps(request, signal) {
      const asked = await knowing(checkedReps(request));
      return steadily(asked.asOf, (context) => repsIn(asked, context, database, signal));
    },
    async rep(request, signal) {
      const asked = await knowing(checkedRep(request));
      return steadily(asked.asOf, (context) => repOf(asked, context, database, signal));
    },
    check: ({ thorough = false }) => conserved.check(thorough),
    async receipt(question, signal) {
      const asked = await knowing(checkedQuestion(question));
      const asOf = asked.asOf ?? (await presentInstant(database, now));
      const { today } = await contextAt(asked.asOf);
      const context = await contextAt(asOf, today);
      return receiptOf(await evidenceOf({ ...asked, asOf }, context, database, signal), now());
    },
    verify: (text, signal) =>
      verified(text, async (receipt) => {
        const anew = contextsOf(workspace, now, conserved);
        const { question, today } = receipt;
        return evidenceOf(checkedQuestion(question), await anew(question.asOf, today), database, signal);
      }),
    async definitions(request) {
      await workspace.refresh();
      return definitionHistory(request, workspace);
    },
    rehearse: (proposed) => rehearse(proposed, workspace, now, (other) => openApi(other, now, unchecked)),
    async channels(request) {
      await workspace.refresh();
      return channelReport(request, workspace.settings.channels, database);
    },
    async tryChannel(arrival) {
      await workspace.refresh();
      return tryChannel(arrival, workspace.settings.channels);
    },
    async mqlRule() {
      await workspace.refresh();
      return ruleText(workspace);
    },
    async previewScore(request) {
      const asked = checkedRequest(PreviewRequest, request);
      await workspace.refresh();
      return previewScore(asked, textToPreview(asked.text, workspace), workspace, now);
    },
    async score(request) {
      const { lead } = ScoreRequest.parse(request);
      const context = await contextAt();
      return database.use((connection) => leadScore(lead, context, connection, now()));
    },
    async readiness(request, signal) {
      const asked = checkedRequest(ReadinessRequest, request);
      return readinessOf(asked, await contextAt(), database, signal);
    },
    async viewThrough(request, signal) {
      const asked = await knowing(checkedRequest(ViewThroughRequest, request));
      return steadily(asked.asOf, (context) => viewThrough(asked, context, database, signal));
    },
    async holdout(request, signal) {
      const asked = checkedRequest(HoldoutRequest, request);
      checkDays({ before: asked.before });
      return steadily(undefined, (context) => holdout(asked, context, database, signal));
    },
    async spendAudit(request, signal) {
      const asked = checkedRequest(SpendAuditRequest, request);
      return steadily(undefined, (context) => spendAudit(asked, context, database, signal));
    },
    journey: (request) => journeyOf(request, workspace),
    person: ({ name }) => personNamed(name, workspace),
    rejected: (request) => rejectedRows(request, database),
    collected: (request) => collectedEvents(request, database),
    async ask(question, signal) {
      const asked = await knowing(checkedQuestion(question));
      const given = asked.indicator === scoreboard.id ? scoreboardAnswer : answer;
      return steadily(asked.asOf, (context) => given(asked, context, database, signal));
    },
    async explain(request: ExplainRequest, signal) {
      const asked = { ...request, question: await knowing(checkedQuestion(request.question)) };
      checkDays({ period: request.period });
      const given = asked.question.indicator === scoreboard.id ? explainScoreboard : explain;
      return steadily(asked.question.asOf, async (context) => {
        const found = await given(asked, context, database, signal);
        const bridge =
          request.against === undefined
            ? null
            : await bridgeOf(
                { ...asked, against: await knowing(checkedQuestion(request.against)) },
                contextAt,
                database,
                signal,
              );
        return { ...found, bridge, changes: await changesSince(asked, context, signal) };
      });
    },
  };
}
