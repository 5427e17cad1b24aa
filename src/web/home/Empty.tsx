import type { IndicatorEntry } from "../../contract/catalogue.ts";
import { emptyIn } from "../../locales/empty.ts";
import { fill } from "../../locales/index.ts";
import { formulaText, indicatorTitle, useView } from "../view.tsx";

/** The first page of a company without data: three doors, and what each indicator needs. */
export function EmptyScreen({ indicators }: { indicators: readonly IndicatorEntry[] }) {
  const { shell, texts, place } = useView();
  const empty = emptyIn(place.language);
  return (
    <>
      <header class="page-head">
        <h1 tabIndex={-1}>{fill(empty.title, { workspace: shell.workspace.name })}</h1>
      </header>
      <p class="sentence">{empty.lead}</p>
      <ol class="doors">
        <Door title={empty.demoTitle} text={empty.demo} command="embudo demo demo-company" />
        <Door title={empty.importTitle} text={empty.import} command="embudo import leads.csv --as lead" />
        <Door title={empty.syncTitle} text={empty.sync} command="embudo sync" />
      </ol>
      <section class="card" aria-labelledby="needs">
        <h2 id="needs">{empty.needs}</h2>
        <dl class="needs">
          {indicators.map((entry) => (
            <div key={entry.id}>
              <dt>{indicatorTitle(texts, entry.id, entry.title)}</dt>
              <dd>
                <code>{formulaText(texts, entry.variants[0]?.formula ?? "")}</code>
              </dd>
            </div>
          ))}
        </dl>
      </section>
    </>
  );
}

function Door({ title, text, command }: { title: string; text: string; command: string }) {
  const { command: name } = emptyIn(useView().place.language);
  return (
    <li class="card">
      <h2>{title}</h2>
      <p>{text}</p>
      <p class="command">
        <span class="hidden">{name}: </span>
        <code>{command}</code>
      </p>
    </li>
  );
}
