import type { Funnel, FunnelSource } from "../../contract/funnel.ts";
import { fill } from "../../locales/index.ts";
import { hrefOf, shared } from "../address.ts";
import { Splits } from "../attribution/Splits.tsx";
import { formatNumber } from "../format.ts";
import { indicatorPath } from "../routes.ts";
import { dimensionName, Num, useView, valueName } from "../view.tsx";
import { Heads, Sheet } from "../ui/Sheet.tsx";
import { useFigures, useWords } from "./words.ts";

const most = 50;

/** What a lead of each source costs, what it is worth, and so what it may cost at most. */
export function Sources({ found }: { found: Funnel }) {
  const { texts } = useView();
  const words = useWords();
  const { by } = found.question;
  const numbers = [
    words.leads,
    words.cost,
    words.affordable,
    words.interval,
    words.returned,
    words.sale,
    words.customer,
    words.churn,
  ];
  return (
    <section class="card" aria-labelledby="sources">
      <header class="card-head">
        <h2 id="sources">{words.sources}</h2>
        <Splits by={by} label={words.by} />
      </header>
      <Sheet
        name={words.sources}
        class="funnel"
        heads={
          <>
            <th scope="col">{dimensionName(texts, by)}</th>
            <Heads names={numbers} numbers />
          </>
        }
      >
        {found.sources.slice(0, most).map((source) => (
          <Row key={source.name ?? ""} source={source} found={found} />
        ))}
      </Sheet>
      <p class="hint muted">
        {words.sourcesHint} {found.worthBy === "subscription" && fill(words.overMonths, { months: found.months })}
        {found.worthBy === "paid-so-far" && words.paidSoFar}
      </p>
    </section>
  );
}

function Row({ source, found }: { source: FunnelSource; found: Funnel }) {
  const { place } = useView();
  const words = useWords();
  const figures = useFigures(found.currency);
  const money = (value: number | null | undefined) =>
    value == null ? "—" : <Num value={value} kind="money" currency={found.currency} />;
  const share = (value: number | null | undefined) => (value == null ? "—" : <Num value={value} kind="ratio" />);
  const { interval, returned } = source;
  return (
    <tr>
      <th scope="row">
        <Name source={source} found={found} />
      </th>
      <td class="number">{formatNumber(place.locale, source.leads, { maximumFractionDigits: 1 })}</td>
      <td class="number">{money(source.costPerLead)}</td>
      {source.sale[0] === 0 ? (
        <td class="number muted">{words.unsold}</td>
      ) : (
        <td class="number strong">{money(source.affordable)}</td>
      )}
      <td class="number muted">
        {interval && fill(words.range, { low: figures.money(interval[0]), high: figures.money(interval[1]) })}
      </td>
      <td class="number">
        {returned === null
          ? "—"
          : fill(words.times, { times: formatNumber(place.locale, returned, { maximumFractionDigits: 1 }) })}
      </td>
      <td class="number">{share(source.sale[0])}</td>
      <td class="number">{money(source.value.at(-1))}</td>
      <td class="number">{share(source.churn)}</td>
    </tr>
  );
}

/** A name that leads to its cost per lead, where every number opens. */
function Name({ source: { name }, found }: { source: FunnelSource; found: Funnel }) {
  const { shell, texts } = useView();
  const words = useWords();
  const { by } = found.question;
  if (name === null) return <>{words.none}</>;
  const where = { ...shell.address.where, [by]: { not: false, values: [name] } };
  const href = hrefOf(shell.address, { ...shared(shell.address), path: indicatorPath("cost-per-lead"), where });
  return <a href={href}>{valueName(texts, by, name)}</a>;
}
