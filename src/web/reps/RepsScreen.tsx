import type { Reps } from "../../contract/reps.ts";
import { fill } from "../../locales/index.ts";
import { hrefOf } from "../address.ts";
import { formatDay, shiftDays } from "../dates.ts";
import { PageFoot } from "../ui/Notices.tsx";
import { Opening } from "../ui/Opening.tsx";
import { useView } from "../view.tsx";
import { Segments } from "../ui/Segments.tsx";
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
      <PageFoot found={found} />
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
      <Segments
        label={words.periods}
        choices={choices.map(([period, name]) => ({
          href: hrefOf(shell.address, { period }),
          name,
          chosen: shell.address.period === period,
        }))}
      />
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
    <Segments
      label={words.teams}
      also="teams"
      choices={[
        { href: hrefOf(shell.address, { where: rest }), name: words.all, chosen: chosen === undefined },
        ...teams.map((team) => ({
          href: hrefOf(shell.address, { where: only(team) }),
          name: team,
          chosen: chosen !== undefined,
        })),
      ]}
    />
  );
}
