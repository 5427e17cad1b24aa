import type { Files } from "./files.ts";
import type { Currency } from "./places.ts";
import { between, purpose } from "./random.ts";
import { pay, type Bill } from "./spend.ts";
import { add, type Tally } from "./tally.ts";
import type { World } from "./world.ts";

/** A cost that comes back, in euros for each lead of the span. */
interface Cost {
  readonly category: string;
  readonly account: string;
  readonly perLead: number;
  readonly dayOfMonth: number;
  /** Months of the year (0 is January) in which it comes; every month, if not given. */
  readonly months?: readonly number[];
  readonly currency?: Currency;
  readonly more?: NonNullable<Bill["more"]>;
}

const feria = {
  channel: "events",
  source: "feria",
  campaign: "Feria Accelera Pyme",
  campaign_name: "Feria Accelera Pyme",
};
const desayunos = { channel: "events", source: "feria", campaign: "Desayunos Nubia", campaign_name: "Desayunos Nubia" };
const expo = { channel: "events", source: "feria", campaign: "Expo Pyme CDMX", campaign_name: "Expo Pyme CDMX" };

const costs: readonly Cost[] = [
  { category: "agency", account: "Agencia Faro", perLead: 3, dayOfMonth: 5 },
  { category: "content", account: "Redacción y vídeo", perLead: 3.2, dayOfMonth: 10 },
  { category: "events", account: "Ferias España", perLead: 1.6, dayOfMonth: 12, months: [2, 9], more: feria },
  {
    category: "events",
    account: "Desayunos",
    perLead: 1,
    dayOfMonth: 19,
    months: [0, 1, 3, 4, 5, 8, 10],
    more: desayunos,
  },
  {
    category: "events",
    account: "Ferias México",
    perLead: 0.9,
    dayOfMonth: 16,
    months: [4],
    currency: "USD",
    more: expo,
  },
  { category: "tools", account: "Automatización y analítica", perLead: 1.3, dayOfMonth: 3 },
  { category: "salaries", account: "Nóminas · Marketing", perLead: 7, dayOfMonth: 28, more: { team: "Marketing" } },
  { category: "salaries", account: "Nóminas · Norte", perLead: 7.6, dayOfMonth: 28, more: { team: "Norte" } },
  { category: "salaries", account: "Nóminas · Sur", perLead: 6.2, dayOfMonth: 28, more: { team: "Sur" } },
  { category: "salaries", account: "Nóminas · LatAm", perLead: 5, dayOfMonth: 28, more: { team: "LatAm" } },
  { category: "research", account: "Estudios de mercado", perLead: 1.2, dayOfMonth: 20, months: [1, 4, 7, 10] },
  { category: "overhead", account: "Oficina y suministros", perLead: 2.4, dayOfMonth: 1 },
  { category: "product", account: "Servidores", perLead: 2, dayOfMonth: 2 },
  { category: "other", account: "Varios", perLead: 0.4, dayOfMonth: 22 },
];

const prepaid = { account: "Licencias CRM (pago anual)", perLead: 2.4, months: 12, day: 8 };
const commission = { rate: 0.04, dayOfMonth: 15 };
const growth = 0.5;
const fullMonths = 24;
const marketing: ReadonlySet<string> = new Set(["agency", "content", "events", "tools", "research"]);

const monthWeight = (month: number): number => 1 + growth * (month / fullMonths);

/** The share of a cost of the whole span that falls on a month, when it comes in some months of the year only. */
function monthShare({ calendar }: World, month: number, months: readonly number[] | undefined): number {
  const comes = (index: number): boolean => months?.includes(calendar.monthOfYear(index)) ?? true;
  if (!comes(month)) return 0;
  let total = 0;
  for (let index = 0; index < fullMonths; index++) if (comes(index)) total += monthWeight(index);
  return monthWeight(month) / total;
}

function count(tally: Tally, category: string, month: number, euros: number): void {
  if (category === "product") return;
  add(tally.months.cost, month, euros);
  if (marketing.has(category)) add(tally.months.marketing, month, euros);
}

function payCosts(world: World, files: Files, tally: Tally, month: number): void {
  const { calendar, options, random } = world;
  for (const cost of costs) {
    const day = calendar.monthStart(month) + cost.dayOfMonth - 1;
    const share = monthShare(world, month, cost.months);
    const noise = cost.category === "salaries" ? between(random, 0.99, 1.01) : between(random, 0.9, 1.1);
    if (day >= calendar.days) continue;
    const { category, account, more = {}, currency = "EUR" } = cost;
    const euros = options.leads * cost.perLead * share * noise * 100;
    count(tally, category, month, pay(world, files, tally, { day, category, account, euros, currency, more }));
  }
}

function payPrepaid(world: World, files: Files, tally: Tally, month: number): void {
  const { calendar, options } = world;
  const day = calendar.monthStart(month) + prepaid.day - 1;
  if (month % prepaid.months !== 0 || day >= calendar.days) return;
  const euros = ((options.leads * prepaid.perLead * prepaid.months) / fullMonths) * 100;
  const more = { amortise_months: prepaid.months };
  const paid = pay(world, files, tally, { day, category: "tools", account: prepaid.account, euros, more });
  for (let at = month; at < Math.min(month + prepaid.months, calendar.months); at++)
    count(tally, "tools", at, paid / prepaid.months);
}

function payCommissions(world: World, files: Files, tally: Tally, month: number): void {
  const { calendar, team } = world;
  const day = calendar.monthStart(month) + commission.dayOfMonth - 1;
  if (month === 0 || day >= calendar.days) return;
  for (const name of team.teams) {
    const signed = tally.teams[name].signed[month - 1] as number;
    const bill = {
      day,
      category: "commissions",
      account: `Comisiones · ${name}`,
      euros: signed * commission.rate,
      more: { team: name },
    };
    count(tally, "commissions", month, pay(world, files, tally, bill));
  }
}

/** Writes what a month costs besides media; after the leads, because commissions follow what was signed. */
export function payMonth(world: World, files: Files, tally: Tally, month: number): void {
  world.random.restart(purpose.spend, -1 - month);
  payCosts(world, files, tally, month);
  payPrepaid(world, files, tally, month);
  payCommissions(world, files, tally, month);
}
