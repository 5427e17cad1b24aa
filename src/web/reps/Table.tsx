import type { Rep, Reps, Side } from "../../contract/reps.ts";
import { fill } from "../../locales/index.ts";
import { hrefOf, shared } from "../address.ts";
import { repPath } from "../routes.ts";
import { dimensionName, Num, useView } from "../view.tsx";
import { Heads, Sheet } from "../ui/Sheet.tsx";
import { useFigures, useWords } from "./words.ts";

/** The map as a table, with what each may train. */
export function RepsTable({ found }: { found: Reps }) {
  const { texts } = useView();
  const words = useWords();
  const { share } = useFigures(found.currency);
  const { opened, aWeek, deals, raw, wins, revenue, goal } = words;
  const adjusted = found.adjusted.map((each) => dimensionName(texts, each).toLowerCase()).join(", ");
  return (
    <section class="card" aria-labelledby="reps">
      <h2 id="reps">{words.table}</h2>
      <Sheet
        name={words.table}
        class="funnel"
        heads={
          <>
            <th scope="col">{words.rep}</th>
            <th scope="col">{words.verdict}</th>
            <th scope="col">{words.train}</th>
            <Heads names={[opened, aWeek, deals, raw, wins, revenue, goal]} numbers />
          </>
        }
      >
        {found.reps.map((rep) => (
          <Row key={rep.rep} rep={rep} found={found} />
        ))}
      </Sheet>
      <p class="hint muted">
        {fill(words.tableHint, { adjusted: adjusted || words.nothingAdjusted, rate: share(found.falseFlags) })}
      </p>
    </section>
  );
}

function Row({ rep, found }: { rep: Rep; found: Reps }) {
  const { shell } = useView();
  const words = useWords();
  const { count, rate, rateRange, share, shareRange } = useFigures(found.currency);
  const { create, close, revenue, goal } = rep;
  const href = hrefOf(shell.address, { ...shared(shell.address), path: repPath(rep.rep) });
  return (
    <tr>
      <th scope="row">
        <a href={href}>{rep.name ?? rep.rep}</a>{" "}
        <span class="muted">{[rep.team, rep.left ? words.left : null].filter(Boolean).join(" · ")}</span>
      </th>
      <td>{words.verdicts[rep.verdict]}</td>
      <td>{rep.train === null ? "" : words.short[rep.train]}</td>
      <td class="number">{count(rep.opened)}</td>
      <SideCell side={create} figure={rate} range={rateRange} />
      <td class="number">{count(rep.deals)}</td>
      <td class="number muted">{close === null ? "—" : <Num value={close.raw} kind="ratio" />}</td>
      <SideCell side={close} figure={share} range={shareRange} />
      <td class="number">{revenue === null ? "—" : <Num value={revenue} kind="money" currency={found.currency} />}</td>
      <td class="number">{goal?.attainment == null ? "—" : <Num value={goal.attainment} kind="ratio" />}</td>
    </tr>
  );
}

interface SideProps {
  side: Side | null;
  figure: (value: number) => string;
  range: (interval: readonly [number, number]) => string;
}

function SideCell({ side, figure, range }: SideProps) {
  const words = useWords();
  if (side === null) return <td class="number">—</td>;
  const { value, interval, stands } = side;
  const sign = { above: "▲", below: "▼", alike: null, "too-few": null }[stands];
  return (
    <td class="number">
      {sign !== null && (
        <span class={stands === "below" ? "sign bad" : "sign"}>
          {sign}
          <span class="hidden">{stands === "below" ? words.fewer : words.more}</span>
        </span>
      )}{" "}
      <strong>
        <data value={String(value)}>{figure(value)}</data>
      </strong>{" "}
      <span class="muted">{range(interval)}</span>
    </td>
  );
}

/** How a side stands to the others, as a sign with its word. */
export function Stand({ stands }: { stands: Side["stands"] }) {
  const words = useWords();
  if (stands === "above") return <span class="muted">▲ {words.more}</span>;
  if (stands === "below") return <span class="flag">▼ {words.fewer}</span>;
  return <span class="muted">{stands === "too-few" ? words.few : ""}</span>;
}
