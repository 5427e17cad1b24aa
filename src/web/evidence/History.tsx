import type { IndicatorEntry } from "../../contract/catalogue.ts";
import { formatDay, formatInstant } from "../dates.ts";
import { fill } from "../../locales/index.ts";
import { useView } from "../view.tsx";
import { useEvidenceTexts } from "./view.ts";

/** Every version of a definition, the newest first; folded, and shown only where there is more to tell than one. */
export function DefinitionHistory({ entry }: { entry: IndicatorEntry }) {
  const { shell, texts, place } = useView();
  const { history: words } = useEvidenceTexts();
  if (entry.history.length < 2) return null;
  const { timeZone } = shell.workspace;
  return (
    <details class="card folded">
      <summary>
        <h2>{words.title}</h2>
      </summary>
      <p class="muted">{words.lead}</p>
      <div class="scroll" tabIndex={0} role="group" aria-label={words.title}>
        <table>
          <caption class="hidden">{words.title}</caption>
          <thead>
            <tr>
              {[words.version, words.effective, words.owner, words.by, words.since].map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {entry.history.toReversed().map(({ version, effective, owner, by, since, own }) => (
              <tr key={version}>
                <th scope="row">{fill(texts.detail.version, { version })}</th>
                <td>{effective === null ? words.always : formatDay(place, effective)}</td>
                <td>{owner ?? (own ? "—" : texts.product.name)}</td>
                <td>{by ?? "—"}</td>
                <td>{since === null ? words.always : formatInstant(place, since, timeZone)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
