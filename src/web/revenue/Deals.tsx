import type { Revenue, RevenuePeriod } from "../../contract/revenue.ts";
import { fill } from "../../locales/index.ts";
import { Num } from "../view.tsx";
import { Heads, Sheet } from "../ui/Sheet.tsx";
import { useFigures, useWords } from "./words.ts";

/** The open deals of which the most may be expected by the end of the quarter. */
export function Deals({ found }: { found: Revenue }) {
  const words = useWords();
  const { money, count, share } = useFigures(found.currency);
  const { deals, amount, expected } = found.open;
  const numbers = [words.days, words.amount, words.thisMonth, words.thisQuarter, words.expected];
  return (
    <section class="card" aria-labelledby="deals">
      <h2 id="deals">{words.deals}</h2>
      <p class="muted">
        {deals === 0
          ? words.noDeals
          : fill(words.dealsHint, { deals: count(deals), amount: money(amount), expected: money(expected) })}
      </p>
      {found.scopes[0]?.periods.slice(0, 2).map((period) => (
        <Bridge key={period.grain} period={period} currency={found.currency} />
      ))}
      {deals > 0 && (
        <Sheet
          name={words.deals}
          class="funnel"
          heads={
            <>
              <Heads names={[words.deal, words.rep, words.stage]} />
              <Heads names={numbers} numbers />
            </>
          }
        >
          {found.deals.map((deal) => (
            <tr key={deal.deal}>
              <th scope="row">{deal.deal}</th>
              <td>{deal.rep ?? words.none}</td>
              <td>{deal.stage ?? words.none}</td>
              <td class="number muted">{count(deal.age)}</td>
              <td class="number">
                <Num value={deal.amount} kind="money" currency={found.currency} />
              </td>
              {deal.chances.slice(0, 2).map((chance, i) => (
                <td key={i} class="number">
                  <data value={String(chance)}>{share(chance)}</data>
                </td>
              ))}
              <td class="number strong">
                <Num value={deal.expected} kind="money" currency={found.currency} />
              </td>
            </tr>
          ))}
        </Sheet>
      )}
    </section>
  );
}

/** From what is earned to where the pipeline leads, and what is missing to the goal. */
function Bridge({ period, currency }: { period: RevenuePeriod; currency: string }) {
  const words = useWords();
  const { money, period: nameOf } = useFigures(currency);
  const { soFar, expected, goal } = period;
  if (expected === null || period.projection === null) return null;
  const total = soFar + expected.open + expected.rest;
  const missing = (goal?.target ?? 0) - total;
  return (
    <p class="assumed">
      {fill(words.bridge, {
        period: nameOf(period),
        soFar: money(soFar),
        open: money(expected.open),
        rest: money(expected.rest),
        total: money(total),
      })}{" "}
      {missing > 0 && fill(words.missing, { missing: money(missing) })}
    </p>
  );
}
