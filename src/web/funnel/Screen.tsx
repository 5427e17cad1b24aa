import type { Funnel } from "../../contract/funnel.ts";
import { fill } from "../../locales/index.ts";
import { hrefOf } from "../address.ts";
import { formatDay, shiftDays } from "../dates.ts";
import { formatNumber } from "../format.ts";
import { PageFoot } from "../ui/Notices.tsx";
import { Opening } from "../ui/Opening.tsx";
import { useView } from "../view.tsx";
import { Segments } from "../ui/Segments.tsx";
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
      <PageFoot found={found} />
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
      <Segments
        label={words.cohorts}
        choices={choices.map(([period, name]) => ({
          href: hrefOf(shell.address, { period }),
          name,
          chosen: shell.address.period === period,
        }))}
      />
    </div>
  );
}
