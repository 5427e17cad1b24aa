import { ask } from "./ask.ts";
import { attribution } from "./attribution.ts";
import { channels } from "./channels.ts";
import { check } from "./check.ts";
import { collected } from "./collected.ts";
import { definitions } from "./definitions.ts";
import { demo } from "./demo.ts";
import { explain } from "./explain.ts";
import { forecast } from "./forecast.ts";
import { funnel } from "./funnel.ts";
import { reps } from "./reps.ts";
import { goal } from "./goal.ts";
import { goals } from "./goals.ts";
import { holdout } from "./holdout.ts";
import { importCommand } from "./import.ts";
import { journey } from "./journey.ts";
import { indicators } from "./indicators.ts";
import { init } from "./init.ts";
import { lead } from "./lead.ts";
import { person } from "./person.ts";
import { publish } from "./publish.ts";
import { readiness } from "./readiness.ts";
import { rehearse } from "./rehearse.ts";
import { retention } from "./retention.ts";
import { rejected } from "./rejected.ts";
import { score } from "./score.ts";
import { revenue } from "./revenue.ts";
import { scoreboard } from "./scoreboard.ts";
import { serve } from "./serve.ts";
import { spendAudit } from "./spend-audit.ts";
import { start } from "./start.ts";
import { streams } from "./streams.ts";
import { sync } from "./sync.ts";
import { verify } from "./verify.ts";
import { viewThrough } from "./view-through.ts";
import { webhook } from "./webhook.ts";
import { tracker } from "./tracker.ts";
import type { Command } from "./terminal.ts";

/** Every command. A new one is a file beside this and a line here. */
export const commands: readonly Command[] = [
  init,
  demo,
  sync,
  importCommand,
  streams,
  webhook,
  rejected,
  channels,
  collected,
  tracker,
  check,
  ask,
  explain,
  attribution,
  funnel,
  retention,
  revenue,
  reps,
  forecast,
  viewThrough,
  holdout,
  spendAudit,
  journey,
  verify,
  indicators,
  score,
  lead,
  readiness,
  scoreboard,
  definitions,
  rehearse,
  publish,
  goals,
  goal,
  person,
  serve,
  start,
];
