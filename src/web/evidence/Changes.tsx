import type { ProblemBody } from "../../contract/problem.ts";
import type { Changes } from "../../contract/changes.ts";
import { hrefOf } from "../address.ts";
import { formatDay, shiftDays } from "../dates.ts";
import { formatDifference } from "../difference.ts";
import { formatNumber, formatValue } from "../format.ts";
import { fill } from "../../locales/index.ts";
import { Refusal } from "../ui/Notices.tsx";
import { useView } from "../view.tsx";
import { EvidenceTable } from "./EvidenceTable.tsx";
import { Examples } from "./Examples.tsx";
import { Kept } from "./Kept.tsx";
import type { ChangesCard } from "./loader.ts";
import { useEvidenceTexts, type Told } from "./view.ts";

/** What became known of a number since an earlier day: folded until somebody asks. */
export function ChangesCardView({ card, told }: { card: ChangesCard | null; told: Told }) {
  const { changes: words } = useEvidenceTexts();
  return (
    <details class="card folded" id="since" open={card !== null}>
      <summary>
        <h2>{words.title}</h2>
      </summary>
      <p class="muted">{words.lead}</p>
      <SinceForm since={card?.since} />
      {card?.problem && <Untold problem={card.problem} since={card.since} />}
      {card?.changes && <Ledger changes={card.changes} since={card.since} told={told} />}
    </details>
  );
}

/** Why there is nothing to compare with. */
function Untold({ problem, since }: { problem: ProblemBody; since: string }) {
  const { shell, place } = useView();
  const { changes: words } = useEvidenceTexts();
  const { firstLoadedOn: first } = shell.workspace;
  if (first === null || since >= first) return <Refusal problem={problem} />;
  return <p>{fill(words.beforeFirst, { since: formatDay(place, since), first: formatDay(place, first) })}</p>;
}

function SinceForm({ since }: { since: string | undefined }) {
  const { shell } = useView();
  const { changes: words } = useEvidenceTexts();
  const { address, workspace } = shell;
  const last = address.knownOn ?? workspace.today;
  return (
    <form class="asking" method="get" action={`${address.path}#since`} data-soft>
      <Kept address={{ ...address, since: undefined }} />
      <label for="since-day">{words.since}</label>
      <input
        id="since-day"
        type="date"
        name="since"
        value={since ?? ""}
        min={workspace.firstLoadedOn ?? undefined}
        max={shiftDays(last, -1)}
        required
      />
      <button type="submit" class="button">
        {words.ask}
      </button>
      {since !== undefined && <a href={hrefOf(address, { since: undefined })}>{words.stop}</a>}
    </form>
  );
}

/** The causes of a difference, each with what it adds; they sum to it. */
function Ledger({ changes, since, told }: { changes: Changes; since: string; told: Told }) {
  const { shell, place } = useView();
  const { changes: words } = useEvidenceTexts();
  const day = formatDay(place, since);
  const { knownOn } = shell.address;
  const value = (amount: number | null) =>
    amount === null ? "—" : formatValue(place, amount, told.kind, "exact", told.currency);
  if (changes.changes.length === 0) return <p>{fill(words.none, { since: day })}</p>;
  if (changes.before.value === null)
    return <p>{fill(words.unknown, { since: day, after: value(changes.after.value) })}</p>;
  return (
    <>
      <p class="sentence-small">
        {fill(knownOn === undefined ? words.sentence : words.sentencePast, {
          since: day,
          until: knownOn === undefined ? "" : formatDay(place, knownOn),
          before: value(changes.before.value),
          after: value(changes.after.value),
          difference:
            changes.difference === null ? "—" : formatDifference(place, changes.difference, told.kind, told.currency),
        })}
      </p>
      <LedgerTable changes={changes} told={told} />
    </>
  );
}

function LedgerTable({ changes, told }: { changes: Changes; told: Told }) {
  const { place } = useView();
  const { changes: words } = useEvidenceTexts();
  const difference = (amount: number | null) =>
    amount === null ? (
      "—"
    ) : (
      <data value={String(amount)}>{formatDifference(place, amount, told.kind, told.currency)}</data>
    );
  const headings = { line: words.cause, amount: words.difference, rows: words.rows, examples: words.examples };
  return (
    <EvidenceTable title={words.title} headings={headings}>
      <tbody>
        {changes.changes.map((change) => (
          <tr key={change.cause}>
            <th scope="row">{words.causes[change.cause]}</th>
            <td class="number">{difference(change.difference)}</td>
            <td class="number">{formatNumber(place.locale, change.rows)}</td>
            <td>
              <Examples keys={change.examples} />
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{words.total}</th>
          <td class="number">{difference(changes.difference)}</td>
          <td />
          <td />
        </tr>
      </tfoot>
    </EvidenceTable>
  );
}
