import type { AttributedRow, Attribution, SettingRange, Verdict } from "../../contract/attribution.ts";
import { fill } from "../../locales/index.ts";
import { hrefOf } from "../address.ts";
import { formatSpan } from "../dates.ts";
import { formatNumber, formatValue } from "../format.ts";
import { dimensionName, formulaText, Num, useView, valueName } from "../view.tsx";
import { Sheet } from "../ui/Sheet.tsx";
import { Band, endsOf } from "./Band.tsx";
import { Splits } from "./Splits.tsx";
import { modelName, useWords, valueText } from "./words.ts";

const most = 100;

/** What each value earned under the chosen model, how far that depends on it, and what nothing is attributed to. */
export function Earnings({ found, chosen }: { found: Attribution; chosen: string }) {
  const { shell, texts, place } = useView();
  const words = useWords();
  const { by } = found.question;
  const dimension = dimensionName(texts, by);
  const caption = fill(words.caption, {
    dimension: dimension.toLowerCase(),
    range: formatSpan(place, shell.period, shell.workspace.today),
    model: modelName(texts, chosen),
  });
  const named = found.rows.filter(({ name }) => name !== null).slice(0, most);
  const rest = found.rows.filter(({ name }) => name === null);
  const ends = endsOf(named);
  return (
    <section class="card" aria-labelledby="earnings">
      <header class="card-head">
        <h2 id="earnings">{words.table}</h2>
        <Splits by={by} label={words.by} />
      </header>
      {named.length === 0 && <p class="nothing">{words.nothing}</p>}
      <Sheet
        name={caption}
        class="earnings"
        heads={
          <>
            <th scope="col">{dimension}</th>
            {[words.costs, words.credited, words.value].map((name) => (
              <th key={name} scope="col" class={name === words.costs ? "number wide" : "number"}>
                {name}
              </th>
            ))}
            <th scope="col" colSpan={2}>
              {fill(words.range, { count: found.settings.length })}
            </th>
            <th scope="col" class="number">
              {words.customers}
            </th>
            <th scope="col" class="wide">
              {words.verdict}
            </th>
          </>
        }
        foot={
          <>
            <Row row={found.total} found={found} ends={ends} name={words.total} />
          </>
        }
      >
        {[...named, ...rest].map((row) => (
          <Row key={row.name ?? ""} row={row} found={found} ends={ends} />
        ))}
      </Sheet>
      <p class="hint muted">
        {fill(words.formula, { formula: formulaText(texts, found.formula) })} {words.drawing} {words.sums}
        {rest.some(({ costs }) => costs !== 0) && ` ${fill(words.overhead, { dimension: dimension.toLowerCase() })}`}
      </p>
      <p class="hint">
        <a href={hrefOf(shell.address, { every: !shell.address.every })}>
          {shell.address.every ? words.onlyModels : words.all}
        </a>
        {!shell.address.every && <span class="muted"> ({words.allHint})</span>}
      </p>
    </section>
  );
}

interface RowProps {
  row: AttributedRow;
  found: Attribution;
  ends: [number, number];
  name?: string;
}

function Row({ row, found, ends, name }: RowProps) {
  const { place } = useView();
  const words = useWords();
  const { currency } = found;
  const { chosen, range, verdict } = row;
  const value = (amount: number) => valueText(place, found, amount);
  const money = (amount: number) => formatValue(place, amount, "money", "tile", currency);
  const between = ({ low, high }: SettingRange) => fill(words.rangeText, { low: value(low), high: value(high) });
  const isNamed = row.name !== null && name === undefined;
  return (
    <tr>
      <th scope="row">
        {isNamed ? <RowName row={row} found={found} /> : (name ?? words.unattributed)}
        {verdict !== null && (
          <span class="narrow">
            <VerdictName verdict={verdict} />
          </span>
        )}
      </th>
      <td class="number wide">
        <Num value={row.costs} kind="money" currency={currency} />
      </td>
      <td class="number strong">
        {chosen.credited === null ? "—" : <Num value={chosen.credited} kind="money" currency={currency} />}
      </td>
      <td class="number">
        {chosen.value === null ? (
          <span class="muted">{isNamed && row.costs === 0 ? words.noCosts : "—"}</span>
        ) : (
          <Num value={chosen.value} kind={found.unit} currency={currency} />
        )}
      </td>
      <td>{isNamed && <Band row={row} ends={ends} />}</td>
      <td class="muted">
        {isNamed && range && (value(range.low) === value(range.high) ? words.everywhere : between(range))}
      </td>
      <td class="number">{row.customers === null ? "—" : formatNumber(place.locale, row.customers, oneDigit)}</td>
      <td class="wide">
        {verdict !== null && <VerdictName verdict={verdict} />}
        {row.caused && (
          <p class="hint muted">{fill(words.caused, { low: money(row.caused[0]), high: money(row.caused[1]) })}</p>
        )}
      </td>
    </tr>
  );
}

/** What holds of a value under every setting; what does not stands out. */
function VerdictName({ verdict }: { verdict: Verdict }) {
  const words = useWords();
  return <span class={verdict === "contested" ? "flag" : "muted"}>{words.verdicts[verdict]}</span>;
}

const oneDigit = { maximumFractionDigits: 1 };

/** A name that filters the page's own numbers: on the page of the return, where each opens. */
function RowName({ row, found }: { row: AttributedRow; found: Attribution }) {
  const { shell, texts } = useView();
  const { by } = found.question;
  const where = { ...shell.address.where, [by]: { not: false, values: [row.name] } };
  const href = hrefOf(shell.address, { path: "/kpi/marketing-roi", by, where, every: false, against: undefined });
  return <a href={href}>{valueName(texts, by, row.name)}</a>;
}
