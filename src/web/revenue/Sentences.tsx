import type { Revenue, RevenuePeriod } from "../../contract/revenue.ts";
import { fill } from "../../locales/index.ts";
import { useFigures, useWords } from "./words.ts";

/** The month, the quarter and the year of the company, each in a sentence. */
export function Sentences({ found }: { found: Revenue }) {
  const words = useWords();
  const [company] = found.scopes;
  if (company === undefined) return null;
  return (
    <section class="card findings landing">
      {company.periods.map((period) => (
        <p key={period.grain}>
          <Sentence period={period} currency={found.currency} />
        </p>
      ))}
      {company.reason === "too-short" && <p class="muted">{fill(words.tooShort, { months: found.known })}</p>}
    </section>
  );
}

function Sentence({ period, currency }: { period: RevenuePeriod; currency: string }) {
  const words = useWords();
  const { money, share, period: nameOf } = useFigures(currency);
  const { soFar, projection, goal } = period;
  return (
    <>
      {fill(words.soFar, { period: nameOf(period), amount: money(soFar) })}{" "}
      <strong>
        {projection === null
          ? words.noForecast
          : fill(words.ahead, { mid: money(projection.mid), low: money(projection.low), high: money(projection.high) })}
      </strong>{" "}
      {goal &&
        (goal.probability === null
          ? fill(words.goalOnly, { goal: money(goal.target) })
          : fill(words.goal, { goal: money(goal.target), probability: share(goal.probability) }))}
    </>
  );
}
