import type { Table } from "../engine/table.ts";
import { customer } from "./customer.ts";
import { deal } from "./deal.ts";
import { goal } from "./goal.ts";
import { identity } from "./identity.ts";
import { lead } from "./lead.ts";
import { personLink } from "./person-link.ts";
import { rate } from "./rate.ts";
import { rep } from "./rep.ts";
import { revenue } from "./revenue.ts";
import { spend } from "./spend.ts";
import { stageEntry } from "./stage-entry.ts";
import { subscriptionChange } from "./subscription-change.ts";
import { touch } from "./touch.ts";

/** Every canonical fact. A new one is a file beside this and a line here. */
export const facts: readonly Table[] = [
  lead,
  stageEntry,
  deal,
  spend,
  touch,
  identity,
  personLink,
  customer,
  revenue,
  subscriptionChange,
  rep,
  goal,
  rate,
];

export const factNamed = (name: string): Table | undefined => facts.find((fact) => fact.name === name);
