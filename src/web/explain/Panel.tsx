import type { Explanation } from "../../contract/explanation.ts";
import type { Question } from "../../contract/question.ts";
import { closed, hrefOf } from "../address.ts";
import { formatAttainment } from "../change.ts";
import { formatPeriod, formatSpan } from "../dates.ts";
import { formatNumber, formatValue, type Place } from "../format.ts";
import { fill, lookUp } from "../../locales/index.ts";
import { Icon } from "../ui/Icon.tsx";
import { Refusal, warningText } from "../ui/Notices.tsx";
import {
  definitionText,
  formulaText,
  indicatorTitle,
  Num,
  partName,
  reasonOf,
  useView,
  valueName,
  variantTitle,
} from "../view.tsx";
import { CurveSection } from "./Curve.tsx";
import { useEvidenceTexts } from "../evidence/view.ts";
import type { EvidenceTexts } from "../../locales/evidence.ts";
import type { Explained } from "./loader.ts";
import { definitionOf } from "./words.ts";
import { Rows } from "./Rows.tsx";

/** A number, opened: its math, its definition, its rows, its query. Beside the page where there is room for both. */
export function ExplainPanel({ explained }: { explained: Explained }) {
  const { shell, texts } = useView();
  const { explanation, problem } = explained;
  return (
    <aside class="explain" aria-labelledby="explain-title" data-panel>
      <header class="explain-head">
        <div>
          <h2 id="explain-title" tabIndex={-1}>
            <PanelTitle explained={explained} />
          </h2>
          <Where explained={explained} />
        </div>
        <a class="button square" href={hrefOf(shell.address, closed)} aria-label={texts.explain.close} data-close>
          <Icon name="close" />
        </a>
      </header>
      {problem && <Refusal problem={problem} />}
      {explanation && <Body explained={explained} explanation={explanation} />}
    </aside>
  );
}

function PanelTitle({ explained }: { explained: Explained }) {
  const { texts } = useView();
  const { target, explanation } = explained;
  const title = indicatorTitle(texts, target.indicator, explanation?.indicator.title ?? target.indicator);
  const variant =
    explanation && variantTitle(texts, target.indicator, explanation.indicator.variant, explanation.indicator.variant);
  return <>{variant ? `${title} · ${variant}` : title}</>;
}

/** Of which slice and days the number is. */
function Where({ explained }: { explained: Explained }) {
  const { shell, texts, place } = useView();
  const { target, explanation } = explained;
  const grain = explanation?.question.grain ?? "month";
  const when =
    target.period === undefined
      ? formatSpan(place, shell.period, shell.workspace.today)
      : formatPeriod(place, target.period, grain);
  const keys = Object.entries(target.key).map(([dimension, value]) => valueName(texts, dimension, value));
  return <p class="muted">{[...keys, when].join(" · ")}</p>;
}

function Body({ explained, explanation }: { explained: Explained; explanation: Explanation }) {
  const { shell, texts } = useView();
  const part = explanation.parts.find(({ id }) => id === explained.part);
  return (
    <>
      <Value explained={explained} explanation={explanation} />
      <section aria-labelledby="explain-math">
        <h3 id="explain-math">{texts.explain.math}</h3>
        <Equation explanation={explanation} />
        <Inputs explained={explained} explanation={explanation} />
      </section>
      {explanation.curve && <CurveSection curve={explanation.curve} />}
      <section aria-labelledby="explain-definition">
        <h3 id="explain-definition">{texts.explain.definition}</h3>
        <p>
          {lookUp(texts.indicatorNames, explanation.indicator.id)?.description ?? explanation.indicator.description}
        </p>
        <Definitions explanation={explanation} />
      </section>
      <section aria-labelledby="explain-quality">
        <h3 id="explain-quality">{texts.explain.warnings}</h3>
        <Quality explanation={explanation} />
      </section>
      {part && <Rows explained={explained} explanation={explanation} part={part} />}
      <section aria-labelledby="explain-query">
        <h3 id="explain-query">{texts.explain.query}</h3>
        <Query sql={explanation.sql} />
      </section>
      <Receipt href={explained.receipt} question={explanation.question} />
      <p class="explain-foot">
        <a href={hrefOf(shell.address)}>{texts.explain.permalink}</a>
      </p>
    </>
  );
}

function Value({ explained, explanation }: { explained: Explained; explanation: Explanation }) {
  const { texts, place } = useView();
  const { cell, indicator } = explanation;
  const value = (amount: number) => formatValue(place, amount, explained.kind, "tile", indicator.currency);
  const share = (amount: number) => formatNumber(place.locale, amount, { style: "percent", maximumFractionDigits: 0 });
  const facts = [
    cell.observed === null ? "" : fill(texts.detail.soFar, { value: value(cell.observed) }),
    cell.n === null ? "" : fill(texts.explain.n, { n: formatNumber(place.locale, cell.n) }),
    cell.interval
      ? fill(texts.explain.interval, {
          level: share(explanation.question.interval ?? 0.8),
          low: value(cell.interval[0]),
          high: value(cell.interval[1]),
        })
      : "",
    cell.maturity === null || cell.maturity >= 1
      ? ""
      : fill(texts.explain.maturity, { share: formatAttainment(place, cell.maturity) }),
  ].filter(Boolean);
  return (
    <div class="explain-value">
      <p class="huge">
        {cell.value === null ? (
          "—"
        ) : (
          <Num value={cell.value} kind={explained.kind} style="exact" currency={indicator.currency} />
        )}
      </p>
      <p class="muted">{cell.value === null ? reasonOf(texts, cell.flags, cell.parts) : facts.join(" · ")}</p>
    </div>
  );
}

const estimate = /^(.*) so far; (.*) expected by day (\d+)$/;

/** A calculation with its numbers, and what an estimate says beside them, as the reader writes them. */
export const mathText = (place: Place, words: EvidenceTexts["math"], math: string): string => {
  const [, observed, expected, day] = estimate.exec(math) ?? [];
  const told =
    observed === undefined || expected === undefined || day === undefined
      ? math
      : fill(words.estimate, { observed, expected, day });
  return told.replace(/\d+(\.\d+)?/g, (number) =>
    formatNumber(place.locale, Number(number), { maximumFractionDigits: 4, useGrouping: "always" }),
  );
};

/** The formula in names and in numbers. */
function Equation({ explanation }: { explanation: Explanation }) {
  const { texts, place } = useView();
  const { math: words } = useEvidenceTexts();
  return (
    <p class="equation">
      <code>{formulaText(texts, explanation.formula)}</code>
      <code>{mathText(place, words, explanation.math)}</code>
    </p>
  );
}

/** The formula's inputs; each opens its own rows. */
function Inputs({ explained, explanation }: { explained: Explained; explanation: Explanation }) {
  const { shell, texts, place } = useView();
  return (
    <dl class="inputs">
      {explanation.parts.map((part) => (
        <div key={part.id}>
          <dt>
            <a
              href={`${hrefOf(shell.address, { part: part.id, offset: 0 })}#explain-rows`}
              aria-current={part.id === explained.part ? "true" : undefined}
            >
              {partName(texts, part.id)}
            </a>
          </dt>
          <dd>
            {part.value === null ? (
              "—"
            ) : (
              <Num value={part.value} kind={part.unit} style="exact" currency={explanation.indicator.currency} />
            )}
            <span class="muted"> {fill(texts.explain.n, { n: formatNumber(place.locale, part.rowCount) })}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Definitions({ explanation: { parts, indicator } }: { explanation: Explanation }) {
  const { texts, place } = useView();
  return (
    <>
      <ul class="definitions">
        {parts.map((part) => (
          <li key={part.id}>
            <strong>{partName(texts, part.id)}</strong>: {definitionOf(texts, part)}
          </li>
        ))}
      </ul>
      <p class="muted">{definitionText(texts, place, indicator)}</p>
    </>
  );
}

function Quality({ explanation }: { explanation: Explanation }) {
  const { texts, place } = useView();
  if (explanation.warnings.length === 0) return <p class="muted">{texts.explain.noWarnings}</p>;
  return (
    <ul>
      {explanation.warnings.map((warning) => (
        <li key={warning.code + warning.message}>{warningText(texts, place, warning)}</li>
      ))}
    </ul>
  );
}

/** The answer as a file to keep, and how to check it later. */
function Receipt({ href, question }: { href: string; question: Question }) {
  const { receipt: words } = useEvidenceTexts();
  const file = `${["receipt", question.indicator, question.from, question.to].join("-")}.json`;
  return (
    <section aria-labelledby="explain-receipt">
      <h3 id="explain-receipt">{words.title}</h3>
      <p class="muted">{words.text}</p>
      <p class="receipt">
        <a href={href} download={file}>
          {words.download}
        </a>
      </p>
      <p class="muted">
        {words.verify} <code>embudo verify {file}</code>
      </p>
    </section>
  );
}

/** A query as it ran; the button appears where there are scripts to serve it. */
export function Query({ sql }: { sql: string }) {
  const { texts } = useView();
  return (
    <details class="query">
      <summary>{texts.explain.show}</summary>
      <button type="button" class="button copy" data-copy data-copied={texts.explain.copied}>
        {texts.explain.copy}
      </button>
      <pre tabIndex={0} role="group" aria-label={texts.explain.query}>
        <code>{sql}</code>
      </pre>
    </details>
  );
}
