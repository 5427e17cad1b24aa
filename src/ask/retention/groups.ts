import type { BridgeMonth, RetentionGroup } from "../../contract/retention.ts";
import type { Tuple } from "../../engine/database.ts";
import type { Day, Range } from "../../engine/time.ts";
import { ratioOfCounts } from "../../methods/uncertainty/ratio-of-counts.ts";
import { levelOfEach } from "../funnel/steps.ts";
import { bridgeOf } from "./bridge.ts";
import { survivalOf } from "./survival.ts";

/** After how many months groups are held against each other, where they were seen that long. */
const heldAt = 12;
const most = 50;

/** What the customers of one group went through in the months of the range that are over. */
interface Lived {
  readonly name: string | null;
  readonly customers: number;
  readonly months: number;
  readonly lost: number;
  readonly lostAmount: number;
}

function livedOf(name: string | null, months: readonly BridgeMonth[]): Lived {
  const over = months.filter(({ incomplete }) => !incomplete);
  const sum = (of: (month: BridgeMonth) => number) => over.reduce((all, month) => all + of(month), 0);
  return {
    name,
    customers: months.at(-1)?.closing.customers ?? 0,
    months: sum(({ opening }) => opening.customers),
    lost: sum(({ churn }) => churn.customers),
    lostAmount: sum(({ churn }) => churn.amount),
  };
}

/** The monthly losses of a group ÷ those of all others, with its interval: both as counts over the months that they lived. */
function againstOthers({ months, lost }: Lived, all: Pick<Lived, "months" | "lost">, level: number) {
  const [others, othersLost] = [all.months - months, all.lost - lost];
  if (months <= 0 || others <= 0 || othersLost <= 0) return { against: null, interval: null, certain: false };
  const scale = others / months;
  const found = ratioOfCounts(lost, othersLost, level);
  const interval = found && ([found[0] * scale, found[1] * scale] as [number, number]);
  const certain = interval !== null && (interval[0] > 1 || interval[1] < 1);
  return { against: (lost / othersLost) * scale, interval, certain };
}

const groupIn = (tuples: readonly Tuple[]) =>
  Map.groupBy(tuples, ({ split_by: each }) => (each == null ? null : String(each)));

/**
 * How the customers of each group stay, those who lived most first. Whether one loses more than all others together is told at
 * 95 % for all groups together (Bonferroni).
 */
export function groupsOf(
  { moved, exits }: { readonly moved: readonly Tuple[]; readonly exits: readonly Tuple[] },
  range: Range,
  until: Day,
  level: number,
): RetentionGroup[] {
  const stays = groupIn(exits);
  const lived = [...groupIn(moved)].map(([name, own]) => livedOf(name, bridgeOf(own, range, until)));
  const sum = (of: "months" | "lost") => lived.reduce((total, each) => total + each[of], 0);
  const all = { months: sum("months"), lost: sum("lost") };
  const known = lived.filter(({ months, customers }) => months > 0 || customers > 0);
  return known
    .map((each) => {
      const { name, customers, months, lost, lostAmount } = each;
      const churn = months > 0 ? lost / months : null;
      const survival =
        survivalOf(stays.get(name) ?? [], level).findLast(({ month }) => month > 0 && month <= heldAt) ?? null;
      const against = againstOthers(each, all, levelOfEach(known.length));
      return { name, customers, customerMonths: months, lost, lostAmount, churn, ...against, survival };
    })
    .toSorted((one, other) => other.customerMonths - one.customerMonths)
    .slice(0, most);
}

/** The named group that loses most above what the others do, beyond noise: by what is lost with it. */
export function worstOf(groups: readonly RetentionGroup[]): string | null {
  const above = ({ against, lostAmount }: RetentionGroup) => lostAmount * (1 - 1 / (against ?? 1));
  const losing = groups.filter(({ name, certain, against }) => name !== null && certain && (against ?? 0) > 1);
  return losing.toSorted((one, other) => above(other) - above(one))[0]?.name ?? null;
}
