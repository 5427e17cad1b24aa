import { z } from "zod";
import type { Answer } from "./answer.ts";
import type { Attainment, AttainmentRequest } from "./attainment.ts";
import type { Attribution, AttributionRequest } from "./attribution.ts";
import { BucketName } from "./bridge.ts";
import type { ArrivalToTry, ChannelDecision, ChannelReport, ChannelsRequest } from "./channels.ts";
import type { CheckReport, CheckRequest } from "./check.ts";
import type { Catalogue } from "./catalogue.ts";
import type { CollectedRequest, CollectedRow } from "./collected.ts";
import type { DefinitionHistory, DefinitionsRequest } from "./definitions.ts";
import type { Explanation } from "./explanation.ts";
import type { Journey, JourneyRequest } from "./journey.ts";
import type { Funnel, FunnelRequest } from "./funnel.ts";
import type { RepDetail, RepRequest } from "./rep.ts";
import type { Reps, RepsRequest } from "./reps.ts";
import type { Goal, GoalHistoryRequest, GoalVersion } from "./goal.ts";
import { Instant } from "./instant.ts";
import type { Person, PersonRequest } from "./person.ts";
import { Filter, Question } from "./question.ts";
import type { Receipt, Verification } from "./receipt.ts";
import type { Proposed, Rehearsal } from "./rehearsal.ts";
import type { Readiness, ReadinessRequest } from "./readiness.ts";
import type { RejectedRequest, RejectedRow } from "./rejected.ts";
import type { Retention, RetentionRequest } from "./retention.ts";
import type { LeadScore, MqlRuleText, PreviewRequest, ScorePreview, ScoreRequest } from "./score.ts";
import type { Holdout, HoldoutRequest } from "./holdout.ts";
import type { ViewThrough, ViewThroughRequest } from "./view-through.ts";
import type { SpendAudit, SpendAuditRequest } from "./spend-audit.ts";
import type { ForecastScores } from "./forecast.ts";
import type { Revenue, RevenueRequest } from "./revenue.ts";
import type { Scoreboard, ScoreboardAnswer, ScoreboardRequest } from "./scoreboard.ts";

/** The cell to open: one row of an answer (its key and period), or the total where both are left out. */
export const ExplainRequest = z.strictObject({
  question: Question,
  key: z.record(z.string(), z.string().nullable()).optional(),
  period: z.string().optional(),
  /** The dimension that says why the value changed; the first that the variant can be split by where left out. */
  over: z.string().min(1).optional(),
  /** Whether to look for the biggest movers over all dimensions; where left out, if no `over` is named and nothing is estimated. */
  movers: z.boolean().optional(),
  /** Other values of some dimensions: why the value differs from theirs, in the same period or the one compared with. */
  versus: z.strictObject({ where: z.record(z.string(), Filter) }).optional(),
  /** An earlier instant of knowledge: what changed since then, by cause. */
  since: Instant.optional(),
  /** Another question, held against this one row by row. Its days, instant, model and currency are this one's where left out. */
  against: Question.optional(),
  /** The parts that are held against each other; the first of each formula that is a count or a sum where left out. */
  part: z.string().min(1).optional(),
  againstPart: z.string().min(1).optional(),
  /** The bucket whose contents are wanted. */
  bucket: BucketName.optional(),
  /** Rows of each part: at most this many, from this one on. */
  limit: z.number().int().min(0).max(100_000).optional(),
  offset: z.number().int().min(0).optional(),
});
export type ExplainRequest = z.infer<typeof ExplainRequest>;

/** What every front door (pages, HTTP, command line) calls. All of it refuses with Problems. */
export interface Api {
  readonly catalogue: () => Promise<Catalogue>;
  readonly ask: (question: Question, signal?: AbortSignal) => Promise<Answer>;
  readonly explain: (request: ExplainRequest, signal?: AbortSignal) => Promise<Explanation>;
  readonly goals: () => Promise<Goal[]>;
  /** Every version of the goals, those of one goal together and the oldest first. */
  readonly goalHistory: (request: GoalHistoryRequest) => Promise<GoalVersion[]>;
  readonly scoreboards: () => Promise<Scoreboard[]>;
  readonly scoreboard: (request: ScoreboardRequest, signal?: AbortSignal) => Promise<ScoreboardAnswer>;
  readonly attainment: (request: AttainmentRequest, signal?: AbortSignal) => Promise<Attainment[]>;
  /** A credited outcome under every model: what holds under all of them and what does not. */
  readonly attribution: (request: AttributionRequest, signal?: AbortSignal) => Promise<Attribution>;
  /** Where the leads of a cohort are, what is lost at which stage against the norm, and what leads of each source are worth. */
  readonly funnel: (request: FunnelRequest, signal?: AbortSignal) => Promise<Funnel>;
  /** Whether customers stay, who leaves, when and why. */
  readonly retention: (request: RetentionRequest, signal?: AbortSignal) => Promise<Retention>;
  /** Where the revenue of the month, the quarter and the year will land: of the company, its teams and its people. */
  readonly revenue: (request: RevenueRequest, signal?: AbortSignal) => Promise<Revenue>;
  /** Who creates and who closes, of the deals that were created on some days. */
  readonly reps: (request: RepsRequest, signal?: AbortSignal) => Promise<Reps>;
  /** The sealed forecasts whose period is over, held against what came. */
  readonly forecasts: (signal?: AbortSignal) => Promise<ForecastScores>;
  /** One person who sells, against the nameless others: the deals they may lose, and their goals. */
  readonly rep: (request: RepRequest, signal?: AbortSignal) => Promise<RepDetail>;
  /** What one person did, in order, and what came of it. */
  readonly journey: (request: JourneyRequest) => Promise<Journey>;
  /** Makes every check that rows land exactly once, on the facts as they stand. */
  readonly check: (request: CheckRequest) => Promise<CheckReport>;
  /** The answer of a question with what it was computed from and by. */
  readonly receipt: (question: Question, signal?: AbortSignal) => Promise<Receipt>;
  /** Computes a receipt's answer again, as of its instant; the text must be the receipt as it was written. */
  readonly verify: (text: string, signal?: AbortSignal) => Promise<Verification>;
  /** Every version of the definitions and of the settings. */
  readonly definitions: (request: DefinitionsRequest) => Promise<DefinitionHistory[]>;
  /** What a proposed definition or proposed settings would change; nothing of it is kept. */
  readonly rehearse: (proposed: Proposed) => Promise<Rehearsal>;
  /** The rules that give channels, and what none of them names. */
  readonly channels: (request: ChannelsRequest) => Promise<ChannelReport>;
  /** The channel that an arrival would have, and why. */
  readonly tryChannel: (arrival: ArrivalToTry) => Promise<ChannelDecision>;
  /** The rule for MQLs as the workspace says it. */
  readonly mqlRule: () => Promise<MqlRuleText>;
  /** How many leads would be MQLs by a proposed rule, beside the present one; nothing of it is kept. */
  readonly previewScore: (request: PreviewRequest) => Promise<ScorePreview>;
  /** Why a lead is an MQL, or is none. */
  readonly score: (request: ScoreRequest) => Promise<LeadScore>;
  /** Which steps go with becoming an MQL. */
  readonly readiness: (request: ReadinessRequest, signal?: AbortSignal) => Promise<Readiness>;
  /** Where spend and touches do not meet, and campaigns that were renamed. */
  readonly spendAudit: (request: SpendAuditRequest, signal?: AbortSignal) => Promise<SpendAudit>;
  /** The band of each channel or campaign from its clicks to the most that it may have brought. */
  readonly viewThrough: (request: ViewThroughRequest, signal?: AbortSignal) => Promise<ViewThrough>;
  /** What a change of advertising brought, held against a control or the time before. */
  readonly holdout: (request: HoldoutRequest, signal?: AbortSignal) => Promise<Holdout>;
  readonly rejected: (request: RejectedRequest) => Promise<RejectedRow[]>;
  /** How many events came to the sites, and what became of them. */
  readonly collected: (request: CollectedRequest) => Promise<CollectedRow[]>;
  /** Who is known by a name: the aliases, what joined them, and the leads. */
  readonly person: (request: PersonRequest) => Promise<Person>;
}
