import type { Rep, Reps, RepVerdict } from "../../contract/reps.ts";
import { fill } from "../../locales/index.ts";
import { hrefOf, shared } from "../address.ts";
import { repPath } from "../routes.ts";
import { useView } from "../view.tsx";
import { useFigures, useWords } from "./words.ts";

const told = [
  ["creates-does-not-close", "opensNotCloses"],
  ["closes-does-not-open", "closesNotOpens"],
  ["creates-and-closes", "both"],
  ["neither", "neither"],
] as const satisfies readonly (readonly [RepVerdict, string])[];

/** Who stands apart, and whose training is worth most. */
export function Findings({ found }: { found: Reps }) {
  const words = useWords();
  const groups = told.flatMap(([verdict, key]) => {
    const reps = found.reps.filter((each) => each.verdict === verdict);
    return reps.length === 0 ? [] : [{ key, reps }];
  });
  return (
    <section class="card findings">
      {groups.length === 0 && <p>{words.nobody}</p>}
      {groups.map(({ key, reps }) => (
        <p key={key}>
          <strong>
            <Sentence text={words[key]} reps={reps} />
          </strong>
        </p>
      ))}
      <Dearest found={found} />
    </section>
  );
}

/** A sentence with names in it that lead to their pages. */
function Sentence({ text, reps }: { text: string; reps: readonly Rep[] }) {
  const { shell } = useView();
  const [before = "", after = ""] = text.split("{names}");
  return (
    <>
      {before}
      {reps.map(({ rep, name }, i) => (
        <span key={rep}>
          {i > 0 && ", "}
          <a href={hrefOf(shell.address, { ...shared(shell.address), path: repPath(rep) })}>{name ?? rep}</a>
        </span>
      ))}
      {after}
    </>
  );
}

/** The stage at which most is at stake, of all reps. */
function Dearest({ found }: { found: Reps }) {
  const words = useWords();
  const { money } = useFigures(found.currency);
  const [dearest] = found.reps
    .flatMap((rep) => {
      const stake = rep.steps.find(({ stage }) => stage === rep.weakest)?.atStake ?? null;
      return rep.train === null || rep.train !== rep.weakest || stake === null
        ? []
        : [{ rep, train: rep.train, stake }];
    })
    .toSorted((a, b) => b.stake - a.stake);
  if (dearest === undefined) return null;
  const { rep, train, stake } = dearest;
  return (
    <p>
      {fill(words.mostAtStake, { name: rep.name ?? rep.rep, training: words.trainings[train], stake: money(stake) })}
    </p>
  );
}
