import type { Funnel, RankFlip } from "../../contract/funnel.ts";
import { fill } from "../../locales/index.ts";
import { formatNumber } from "../format.ts";
import { useView, valueName } from "../view.tsx";
import { useFigures, useWords } from "./words.ts";

/** What stands out: the stage that loses most against the norm, and sources whose leads look cheap and are not. */
export function Findings({ found }: { found: Funnel }) {
  return (
    <section class="card findings">
      <p>
        <Worst found={found} />
      </p>
      {found.flips.map((flip) => (
        <p key={`${flip.cheaper} ${flip.dearer}`}>
          <Flip flip={flip} found={found} />
        </p>
      ))}
    </section>
  );
}

function Worst({ found }: { found: Funnel }) {
  const { place } = useView();
  const words = useWords();
  const { money, share } = useFigures(found.currency);
  const at = found.steps.findIndex(({ stage }) => stage === found.worst);
  const [step, next] = [found.steps[at], found.steps[at + 1]];
  if (step?.held == null || next === undefined) return <>{words.noWorst}</>;
  const { cohort, norm, window, missing, atStake } = step.held;
  const sentence = fill(words.worst, {
    stage: words.stages[step.stage],
    next: words.stages[next.stage],
    rate: share(cohort.rate ?? 0),
    norm: share(norm.rate ?? 0),
    window,
    missing: formatNumber(place.locale, Math.round(missing ?? 0)),
  });
  return (
    <>
      <strong>{sentence}</strong> {atStake !== null && fill(words.worstStake, { stake: money(atStake) })}
    </>
  );
}

function Flip({ flip, found }: { flip: RankFlip; found: Funnel }) {
  const { texts } = useView();
  const words = useWords();
  const { money } = useFigures(found.currency);
  const { by } = found.question;
  const [cheap, dear] = [flip.cheaper, flip.dearer].map((name) => found.sources.find((each) => each.name === name));
  const sentence = fill(words.flip, {
    cheaper: valueName(texts, by, flip.cheaper),
    dearer: valueName(texts, by, flip.dearer),
    cost: money(cheap?.costPerLead ?? 0),
    otherCost: money(dear?.costPerLead ?? 0),
    worth: money(cheap?.affordable ?? 0),
    otherWorth: money(dear?.affordable ?? 0),
  });
  return (
    <>
      <strong>{sentence}</strong> {flip.returnsLess && words.flipLess}
    </>
  );
}
