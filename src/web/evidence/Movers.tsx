import type { Mover } from "../../contract/why.ts";
import { hrefOf } from "../address.ts";
import { formatDifference } from "../difference.ts";
import { formatValue } from "../format.ts";
import { fill } from "../../locales/index.ts";
import { dimensionName, useView, valueName } from "../view.tsx";
import { stepOf } from "./steps.ts";
import { useEvidenceTexts, type Told } from "./view.ts";

/** A segment that filters the page. */
export function SegmentLink({ by, value, name }: { by: string; value: string | null; name: string }) {
  const { shell, texts } = useView();
  const where = { ...shell.address.where, [by]: { not: false, values: [value] } };
  return (
    <a
      href={hrefOf(shell.address, { where, by: undefined, over: undefined, offset: 0 })}
      aria-label={fill(texts.detail.filterBy, { name })}
    >
      {name}
    </a>
  );
}

const most = 5;

/** The segments of any dimension that moved the number by more than noise. */
export function Movers({ movers, told }: { movers: readonly Mover[]; told: Told }) {
  const { texts } = useView();
  const { why: words } = useEvidenceTexts();
  return (
    <>
      <h3 class="movers-title" id="movers">
        {words.movers}
      </h3>
      <ol class="movers" aria-labelledby="movers">
        {movers.slice(0, most).map((mover) => (
          <li key={`${mover.by} ${mover.key}`}>
            <span class="muted">{dimensionName(texts, mover.by)}</span>{" "}
            <SegmentLink by={mover.by} value={mover.key} name={valueName(texts, mover.by, mover.key)} />{" "}
            <Move mover={mover} told={told} />
          </li>
        ))}
      </ol>
    </>
  );
}

function Move({ mover, told }: { mover: Mover; told: Told }) {
  const { place } = useView();
  const { why: words } = useEvidenceTexts();
  const value = (amount: number | null) =>
    amount === null ? "—" : formatValue(place, amount, told.kind, "tile", told.currency);
  const { tone } = stepOf({ ...mover, kind: "segment", count: 1 }, told.better);
  return (
    <>
      <span class={`delta ${tone}`}>
        <span class="amount">{formatDifference(place, mover.total, told.kind, told.currency)}</span>
      </span>{" "}
      <span class="muted">{fill(words.move, { before: value(mover.before), after: value(mover.after) })}</span>
    </>
  );
}
