import type { Revenue } from "../../contract/revenue.ts";
import { fill } from "../../locales/index.ts";
import { hrefOf, searchOf } from "../address.ts";
import { useView } from "../view.tsx";
import { useFigures, useWords } from "./words.ts";

const fields = [
  ["winRate", "wr"],
  ["dealValue", "dv"],
  ["leads", "le"],
] as const;

const asIs = { assumed: {} };

/** What would be if more deals were won, deals were worth more, or more leads came: numbers to change, and what they do. */
export function Assumptions({ found }: { found: Revenue }) {
  const { shell } = useView();
  const words = useWords();
  const { money, period: nameOf } = useFigures(found.currency);
  const { address } = shell;
  const changed = found.scopes[0]?.periods.filter((period) => period.changed !== null) ?? [];
  if (found.scopes[0]?.periods.every(({ projection }) => projection === null)) return null;
  return (
    <section class="card" aria-labelledby="assumptions">
      <h2 id="assumptions">{words.assumptions}</h2>
      <form class="assumptions" method="get" action={address.path} data-soft>
        {searchOf({ ...address, ...asIs }).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        {fields.map(([field, name]) => (
          <label key={name}>
            <span>{words[field]}</span>
            <input
              type="number"
              name={name}
              min="1"
              max="999"
              step="1"
              inputmode="numeric"
              value={address.assumed[name] ?? 100}
            />
          </label>
        ))}
        <button type="submit" class="button">
          {words.recalculate}
        </button>
        {Object.values(address.assumed).some((share) => share !== "100") && (
          <a href={hrefOf(address, asIs)}>{words.reset}</a>
        )}
      </form>
      {changed.map((period) => (
        <p key={period.grain} class="assumed">
          {fill(words.changedLine, {
            period: nameOf(period),
            before: money(period.projection?.mid ?? 0),
            after: money(period.changed?.mid ?? 0),
          })}
        </p>
      ))}
      <p class="muted hint">{words.assumptionsHint}</p>
    </section>
  );
}
