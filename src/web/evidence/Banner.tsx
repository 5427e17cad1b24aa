import type { Violation } from "../../contract/check.ts";
import { hrefOf } from "../address.ts";
import { formatDay } from "../dates.ts";
import { formatCounted } from "../format.ts";
import { fill, lookUp } from "../../locales/index.ts";
import { dimensionName, useView } from "../view.tsx";
import { useEvidenceTexts } from "./view.ts";

/** What stands above every page's numbers: that they do not add up, and that they are those of another day. */
export function Banner() {
  const { shell } = useView();
  const { violations } = shell.workspace;
  return (
    <>
      {violations.length > 0 && <Violations violations={violations} />}
      {shell.address.knownOn !== undefined && <Past day={shell.address.knownOn} />}
    </>
  );
}

function Past({ day }: { day: string }) {
  const { shell, place } = useView();
  const { banner: words } = useEvidenceTexts();
  const { firstLoadedOn: first } = shell.workspace;
  if (first !== null && day < first) return <BeforeFirst day={day} first={first} />;
  return (
    <p class="notice past" role="status">
      <strong>{fill(words.past, { day: formatDay(place, day) })}</strong>{" "}
      <a href={hrefOf(shell.address, { knownOn: undefined })}>{words.now}</a>
    </p>
  );
}

/** That nothing was known on a day, and the way to the first day on which something was. */
function BeforeFirst({ day, first }: { day: string; first: string }) {
  const { shell, place } = useView();
  const { banner: words } = useEvidenceTexts();
  const known = first < shell.workspace.today ? first : undefined;
  return (
    <p class="notice past" role="status">
      <strong>{fill(words.beforeFirst, { day: formatDay(place, day), first: formatDay(place, first) })}</strong>{" "}
      <a href={hrefOf(shell.address, { knownOn: known })}>{known === undefined ? words.now : words.first}</a>
    </p>
  );
}

function Violations({ violations }: { violations: readonly Violation[] }) {
  const { place } = useView();
  const { banner: words } = useEvidenceTexts();
  return (
    <section class="notice wrong" role="alert">
      <strong>{formatCounted(place, words.violations, violations.length)}</strong>
      <ul>
        {violations.map((violation) => (
          <li key={JSON.stringify(violation)}>
            <ViolationText violation={violation} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Which check does not hold, over which dimension, and by how much. */
function ViolationText({ violation }: { violation: Violation }) {
  const { texts } = useView();
  const { banner: words, checks } = useEvidenceTexts();
  const table = /^unique-(.+)$/.exec(violation.check)?.[1];
  const named =
    table === undefined
      ? (lookUp<string>(checks, violation.check) ?? violation.message)
      : fill(checks.unique, { table: table.replaceAll("_", " ") });
  const { dimension, expected, found } = violation;
  const over =
    dimension === null ? "" : `, ${fill(words.by, { dimension: dimensionName(texts, dimension).toLowerCase() })}`;
  return (
    <>
      {named}
      {over} — {fill(checks.expected, { amount: expected })}; {fill(checks.found, { amount: found })}
    </>
  );
}
