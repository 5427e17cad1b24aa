import type { Reps } from "../../contract/reps.ts";
import { fill } from "../../locales/index.ts";
import { hrefOf } from "../address.ts";
import { formatDay, shiftDays } from "../dates.ts";
import { Freshness, Warnings } from "../ui/Notices.tsx";
import { Opening } from "../ui/Opening.tsx";
import { useView } from "../view.tsx";
import { Findings } from "./Findings.tsx";
import type { Mapped } from "./loader.ts";
import { RepsMap } from "./Map.tsx";
import { RepsTable } from "./Table.tsx";
import { useWords } from "./words.ts";

/** The page of all who sell: who creates and who closes, and what each may train. */
export function RepsScreen({ mapped: { found, problem } }: { mapped: Mapped }) {
  const words = useWords();
  return (
    <>
      <Opening title={words.title} description={words.description} problem={problem} />
      {found && <Found found={found} />}
    </>
  );
}

function Found({ found }: { found: Reps }) {
  const words = useWords();
  return (
    <>
      <Cohort question={found.question} />
      <Teams found={found} />
      {found.reps.length === 0 ? (
        <section class="card">
          <p class="nothing">{words.nothing}</p>
          <p class="muted">{words.nothingHint}</p>
        </section>
      ) : (
        <>
          <Findings found={found} />
          <RepsMap found={found} />
          <RepsTable found={found} />
        </>
      )}
      <footer class="page-foot">
        <Freshness sources={found.freshness} />
        <Warnings warnings={found.warnings} />
      </footer>
    </>
  );
}

/** Which deals are looked at, and other days to choose. */
export function Cohort({ question: { from, to, window } }: { question: Reps["question"] }) {
  const { shell, place } = useView();
  const words = useWords();
  const choices = [
    ["mtd", words.twelve],
    ["ytd", words.year],
  ] as const;
  return (
    <div class="card-head">
      <p class="muted">
        {fill(words.cohort, { from: formatDay(place, from), to: formatDay(place, shiftDays(to, -1)), window })}
      </p>
      <nav class="segments wrap" aria-label={words.periods}>
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

/** The teams to choose among; where one is chosen, all. */
function Teams({ found }: { found: Reps }) {
  const { shell } = useView();
  const words = useWords();
  const { where } = shell.address;
  const { team: chosen, ...rest } = where;
  const teams = [...new Set(found.reps.flatMap(({ team }) => team ?? []))].toSorted((a, b) => a.localeCompare(b));
  if (chosen === undefined && teams.length < 2) return null;
  const only = (team: string) => ({ ...where, team: { not: false, values: [team] } });
  return (
    <nav class="segments wrap teams" aria-label={words.teams}>
      <a href={hrefOf(shell.address, { where: rest })} aria-current={chosen === undefined ? "true" : undefined}>
        {words.all}
      </a>
      {teams.map((team) => (
        <a
          key={team}
          href={hrefOf(shell.address, { where: only(team) })}
          aria-current={chosen === undefined ? undefined : "true"}
        >
          {team}
        </a>
      ))}
    </nav>
  );
}
