import type { Answer } from "../contract/answer.ts";
import type { Difference, Ranking } from "../contract/ranking.ts";
import { figure, intervalOf, levelOf, moved } from "./figures.ts";
import { table } from "./table.ts";

const named = (key: Readonly<Record<string, string | null>>): string =>
  Object.values(key)
    .map((value) => value ?? "(none)")
    .join(" · ");

/** A probability: what is not wholly sure is not written as if it were. */
function percent(share: number): string {
  if (share < 0.005) return "< 1 %";
  return share > 0.995 ? "> 99 %" : `${Math.round(share * 100)} %`;
}

const shown = 10;

const reasons: Readonly<Record<string, string>> = {
  "no-value": "no value",
  "no-interval": "too few rows to say how certain it is",
  immature: "too young",
  "too-many": "more rows than are ranked",
};

/** One pair in words, the better of the two first. */
function pair({ left, right, difference, interval, probability }: Difference, answer: Answer): string {
  const { unit, currency } = answer.indicator;
  const [first, second] = probability >= 0.5 ? [left, right] : [right, left];
  const [low, high] = [interval[0], interval[1]];
  const gap =
    probability >= 0.5
      ? { value: difference, ends: [low, high] as const }
      : { value: -difference, ends: [-high, -low] as const };
  const sure = percent(Math.max(probability, 1 - probability));
  const range = intervalOf(gap.ends, unit, currency).replace("%", "pp");
  return `  ${named(first)} before ${named(second)}: ${moved(gap.value, unit, currency)} (${range}), probability ${sure}`;
}

function pairs({ differences }: Ranking, answer: Answer): string[] {
  const certain = differences.filter((each) => each.certain);
  const noise = differences.length - certain.length;
  return [
    `more than noise: ${certain.length} of ${differences.length} ${differences.length === 1 ? "pair" : "pairs"}${noise === 0 ? "" : `; the order of the other ${noise} may be chance`}`,
    ...certain.slice(0, shown).map((each) => pair(each, answer)),
    ...(certain.length > shown ? [`  … and ${certain.length - shown} more`] : []),
  ];
}

const drawn = "ranked by: the value, drawn towards all rows together the more, the fewer cases it rests on";

/** Whether any row is ranked by another value than its own. */
const isDrawn = ({ ranking, rows }: Answer): boolean =>
  (ranking?.rows ?? []).some(({ key, value }) =>
    rows.some((row) => JSON.stringify(row.key) === JSON.stringify(key) && row.value !== value),
  );

/** The rows in order with the probability of being the best, and the differences that are more than noise. */
export function rankingLines(answer: Answer): string[] {
  const { ranking, indicator, question } = answer;
  if (ranking === null) return [];
  const { unit, currency } = indicator;
  const columns = [
    { title: "", right: true },
    { title: (question.by ?? []).join(" · ") },
    { title: "ranked by", right: true },
    { title: levelOf(question), right: true },
    { title: "is the best", right: true },
  ];
  const rows = ranking.rows.map(({ key, value, interval, best }, i) => [
    String(i + 1),
    named(key),
    figure(value, unit, currency),
    intervalOf(interval, unit, currency),
    percent(best),
  ]);
  const left = ranking.left.map(({ key, reason }) => `${named(key)} (${reasons[reason] ?? reason})`);
  return [
    ...(rows.length === 0 ? [] : [table(columns, rows), ...(isDrawn(answer) ? [drawn] : []), ""]),
    ...(ranking.differences.length === 0 ? [] : pairs(ranking, answer)),
    ...(left.length === 0 ? [] : [`not ranked: ${left.join(", ")}`]),
    "",
  ];
}
