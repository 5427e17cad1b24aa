import { repStages, type Rep, type Reps, type RepStep } from "../../contract/reps.ts";
import { Num } from "../view.tsx";
import { Heads, Sheet } from "../ui/Sheet.tsx";
import { useFigures, useWords } from "./words.ts";

/** The stages of one who sells, each against what the team does with the same. */
export function Steps({ own, map }: { own: Rep; map: Reps }) {
  const words = useWords();
  const numbers = [words.passed, words.of, words.rate, words.team, words.lacking];
  return (
    <section class="card" aria-labelledby="steps">
      <h2 id="steps">{words.steps}</h2>
      <Sheet
        name={words.steps}
        class="funnel"
        heads={
          <>
            <th scope="col">{words.stage}</th>
            <th scope="col" class="number">
              {words.window}
            </th>
            <Heads names={numbers} numbers />
            <th scope="col">±</th>
            <th scope="col" class="number">
              {words.stake}
            </th>
          </>
        }
      >
        {own.steps.map((step) => (
          <Row key={step.stage} step={step} isWeakest={own.weakest === step.stage} currency={map.currency} />
        ))}
      </Sheet>
      <p class="hint muted">{words.stepsHint}</p>
    </section>
  );
}

function Row({ step, isWeakest, currency }: { step: RepStep; isWeakest: boolean; currency: string }) {
  const words = useWords();
  const { count } = useFigures(currency);
  const { stage, window, passed, of, rate, team, missing, atStake, certain } = step;
  const next = repStages[repStages.indexOf(stage) + 1] ?? "customer";
  const worse = (missing ?? 0) > 0;
  return (
    <tr class={isWeakest ? "worst" : undefined}>
      <th scope="row">
        {words.stages[stage]} {words.to} {words.stages[next]}
      </th>
      <td class="number muted">{window}</td>
      <td class="number strong">{count(passed)}</td>
      <td class="number">{count(of)}</td>
      <td class="number">{rate === null ? "—" : <Num value={rate} kind="ratio" />}</td>
      <td class="number">{team === null ? "—" : <Num value={team} kind="ratio" />}</td>
      <td class="number">{missing === null ? "—" : count(missing)}</td>
      <td>
        {certain && <span class={worse ? "flag" : "muted"}>{worse ? `▼ ${words.worse}` : `▲ ${words.better}`}</span>}
      </td>
      <td class="number">{atStake === null ? "—" : <Num value={atStake} kind="money" currency={currency} />}</td>
    </tr>
  );
}
