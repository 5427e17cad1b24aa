import type { Freshness as Source, Warning } from "../../contract/answer.ts";
import type { ProblemBody } from "../../contract/problem.ts";
import { fill, lookUp, type Dictionary } from "../../locales/index.ts";
import { formatDay, formatInstant } from "../dates.ts";
import { formatCounted, formatNumber, type Place } from "../format.ts";
import { useView } from "../view.tsx";
import { Icon } from "./Icon.tsx";

/** Says which pieces of the address were not understood. */
export function Dropped() {
  const { shell, texts } = useView();
  if (shell.dropped.length === 0) return null;
  return (
    <p class="notice" role="status">
      {fill(texts.notices.dropped, { parts: shell.dropped.join(", ") })}
    </p>
  );
}

/** Says that the pages stand on the last day of the data, where that lies before this month. */
export function Ended() {
  const { shell, texts, place } = useView();
  const { today, lastDay } = shell.workspace;
  if (lastDay === null || lastDay !== today || shell.now === null || shell.now.slice(0, 7) <= today.slice(0, 7))
    return null;
  return (
    <p class="notice" role="status">
      {fill(texts.notices.ended, { day: formatDay(place, today) })}
    </p>
  );
}

/** Refusals of which the banner above every number says the rest. */
const saidAbove: ReadonlySet<string> = new Set(["nothing-loaded-yet"]);

/** A refusal in the reader's words, with what to do. The server's own words say what exactly. */
export function Refusal({ problem }: { problem: ProblemBody }) {
  const { texts, place } = useView();
  const told = lookUp(texts.problems, problem.code);
  const isEnglish = place.language === "en";
  if (saidAbove.has(problem.code))
    return (
      <p class="refusal" data-problem={problem.code}>
        {told}
      </p>
    );
  return (
    <div class="refusal" data-problem={problem.code}>
      <p>
        <strong>{isEnglish || told === undefined ? problem.message : told}</strong>
      </p>
      {!isEnglish && told !== undefined && <p lang="en">{problem.message}</p>}
      <p lang="en" class="muted">
        {problem.remedy}
      </p>
    </div>
  );
}

/** A warning in the reader's words; one that is not in the dictionary as the server says it. */
export function warningText(texts: Dictionary, place: Place, { code, message, count }: Warning): string {
  const told = place.language === "en" ? undefined : lookUp(texts.warningTexts, code);
  if (told === undefined) return message;
  return fill(told, count === undefined ? {} : { count: formatNumber(place.locale, count) });
}

/** The warnings of a page, folded behind their number. */
export function Warnings({ warnings }: { warnings: readonly Warning[] }) {
  const { texts, place } = useView();
  if (warnings.length === 0) return null;
  return (
    <details class="warnings">
      <summary>
        <Icon name="warning" /> {formatCounted(place, texts.warnings.count, warnings.length)}
      </summary>
      <ul>
        {warnings.map((warning) => (
          <li key={warning.code + warning.message}>{warningText(texts, place, warning)}</li>
        ))}
      </ul>
    </details>
  );
}

const lateAfterHours = 48;

/** How fresh the data of each source is; one that is late says so in a word. As of a past day it says when that was. */
export function Freshness({ sources }: { sources: readonly Source[] }) {
  const { texts, shell } = useView();
  if (sources.length === 0) return <p class="freshness muted">{texts.freshness.unknown}</p>;
  return (
    <dl class="freshness">
      {sources.map((source) => {
        const hours = shell.address.knownOn === undefined ? ageOf(source.loadedAt, shell.now) : null;
        const late = hours !== null && hours > lateAfterHours;
        return (
          <div key={source.source} class={late ? "late" : undefined}>
            <dt>{source.source}</dt>
            <dd>
              <Age loadedAt={source.loadedAt} hours={hours} />
              {late && (
                <>
                  {" "}
                  <Icon name="warning" /> {texts.freshness.stale}
                </>
              )}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

function Age({ loadedAt, hours }: { loadedAt: string; hours: number | null }) {
  const { texts, shell, place } = useView();
  return (
    <time dateTime={loadedAt} title={formatInstant(place, loadedAt, shell.workspace.timeZone)}>
      {hours === null ? formatInstant(place, loadedAt, shell.workspace.timeZone) : ageText(texts, hours)}
    </time>
  );
}

const ageOf = (loadedAt: string, now: string | null): number | null =>
  now === null ? null : Math.max(0, (Date.parse(now) - Date.parse(loadedAt)) / 3_600_000);

function ageText({ freshness }: Dictionary, hours: number): string {
  if (hours < 1) return freshness.now;
  if (hours < 36) return fill(freshness.hoursAgo, { hours: Math.round(hours) });
  return fill(freshness.daysAgo, { days: Math.round(hours / 24) });
}

/** The foot of a page: how fresh its numbers are, and what to know about them. */
export function PageFoot({ found }: { found: { freshness: readonly Source[]; warnings: readonly Warning[] } }) {
  return (
    <footer class="page-foot">
      <Freshness sources={found.freshness} />
      <Warnings warnings={found.warnings} />
    </footer>
  );
}
