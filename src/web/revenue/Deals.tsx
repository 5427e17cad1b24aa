import type { Revenue, RevenuePeriod } from "../../contract/revenue.ts";
import { fill } from "../../locales/index.ts";
import { Num } from "../view.tsx";
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
        <div class="scroll" tabIndex={0} role="group" aria-label={words.deals}>
          <table class="funnel">
            <caption class="hidden">{words.deals}</caption>
            <thead>
              <tr>
                {[words.deal, words.rep, words.stage].map((name) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
                {numbers.map((name) => (
                  <th key={name} scope="col" class="number">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
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
            </tbody>
          </table>
        </div>
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
