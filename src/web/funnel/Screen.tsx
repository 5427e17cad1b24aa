import type { Funnel } from "../../contract/funnel.ts";
import { fill } from "../../locales/index.ts";
import { hrefOf } from "../address.ts";
import { formatDay, shiftDays } from "../dates.ts";
import { formatNumber } from "../format.ts";
import { Freshness, Warnings } from "../ui/Notices.tsx";
import { Opening } from "../ui/Opening.tsx";
import { useView } from "../view.tsx";
import { Exits } from "./Exits.tsx";
import { Findings } from "./Findings.tsx";
import type { Followed } from "./loader.ts";
import { Sources } from "./Sources.tsx";
import { Steps } from "./Steps.tsx";
import { useWords } from "./words.ts";

/** The page of the funnel: where leads are lost, against the norm, and what leads of each source are worth. */
export function FunnelScreen({ followed }: { followed: Followed }) {
  const words = useWords();
  const { found, problem } = followed;
  return (
    <>
      <Opening title={words.title} description={words.description} problem={problem} />
      {found && <Found found={found} />}
    </>
  );
}

function Found({ found }: { found: Funnel }) {
  const words = useWords();
  return (
    <>
      <Cohort found={found} />
      {found.steps[0]?.reached === 0 ? (
        <p class="nothing">{words.nothing}</p>
      ) : (
        <>
          <Findings found={found} />
          <Steps found={found} />
          <Exits found={found} />
        </>
      )}
      {found.sources.length > 0 && <Sources found={found} />}
      <footer class="page-foot">
        <Freshness sources={found.freshness} />
        <Warnings warnings={found.warnings} />
      </footer>
    </>
  );
}

/** Which leads are followed, and others to choose. */
function Cohort({ found }: { found: Funnel }) {
  const { shell, place } = useView();
  const words = useWords();
  const { from, to } = found.question;
  const choices = [
    ["mtd", words.quarter],
    ["ytd", words.year],
  ] as const;
  return (
    <div class="card-head">
      <p class="muted">
        {fill(words.cohort, {
          from: formatDay(place, from),
          to: formatDay(place, shiftDays(to, -1)),
          leads: formatNumber(place.locale, found.norm.leads),
        })}
      </p>
      <nav class="segments wrap" aria-label={words.cohorts}>
        {choices.map(([period, name]) => (
          <a
            key={period}
            href={hrefOf(shell.address, { period })}
            aria-current={shell.address.period === period ? "true" : undefined}
          >
            {name}
          </a>
        ))}
      </nav>
    </div>
  );
}
