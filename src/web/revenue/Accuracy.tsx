import type { Revenue, RevenuePeriod } from "../../contract/revenue.ts";
import { fill } from "../../locales/index.ts";
import { useFigures, useWords } from "./words.ts";

/** How wrong the methods were on the past, and how the sealed forecasts did, in words. */
export function Accuracy({ found }: { found: Revenue }) {
  const words = useWords();
  const { share } = useFigures(found.currency);
  const { altered, scores } = found.sealed;
  const own = scores.filter(({ kind }) => kind === "company");
  const periods = distinct(found.scopes[0]?.periods.filter(({ past }) => past.length > 0) ?? []);
  return (
    <section class="card accuracy" aria-labelledby="accuracy">
      <h2 id="accuracy">{words.accuracy}</h2>
      {periods.map((period) => (
        <Erred key={period.grain} period={period} currency={found.currency} />
      ))}
      {altered !== null && <p class="notice">{fill(words.altered, { line: altered })}</p>}
      {own.map(({ grain, forecasts, within, error }) => (
        <p key={grain}>
          {fill(words.sealedScore, {
            grain: words.grains[grain].toLocaleLowerCase(),
            n: forecasts,
            within,
            error: error === null ? "—" : share(error),
          })}
        </p>
      ))}
      {own.length === 0 && <p>{words.sealedNone}</p>}
      <p class="muted hint">{words.sealedHow}</p>
    </section>
  );
}

/** Periods whose past forecasts were the same ones, as those of the last quarter and its year, are told once. */
const distinct = (periods: readonly RevenuePeriod[]): RevenuePeriod[] =>
  [...new Map(periods.toReversed().map((period) => [JSON.stringify(period.past), period])).values()].toReversed();

function Erred({ period, currency }: { period: RevenuePeriod; currency: string }) {
  const words = useWords();
  const { share, period: nameOf } = useFigures(currency);
  const [first, ...others] = period.past;
  if (first === undefined || first.share === null) return null;
  const said = {
    period: nameOf(period),
    method: words.methods[first.method],
    share: share(first.share),
    trials: first.trials,
    others: others
      .map((each) => fill(words.other, { method: words.methods[each.method], share: share(each.share ?? 0) }))
      .join(", "),
  };
  return <p>{fill(others.length === 0 ? words.erredAlone : words.erred, said)}</p>;
}
