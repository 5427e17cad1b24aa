import type { Attainment } from "../../contract/attainment.ts";
import { formatDay, shiftDays } from "../dates.ts";
import { indicatorTitle, Num, useView } from "../view.tsx";
import { Heads, Sheet } from "../ui/Sheet.tsx";
import { useWords } from "./words.ts";

/** The goals of one who sells, each with its pace. */
export function Goals({ goals }: { goals: readonly Attainment[] }) {
  const words = useWords();
  const numbers = [words.target, words.value, words.attained, words.required];
  return (
    <section class="card" aria-labelledby="goals">
      <h2 id="goals">{words.goals}</h2>
      {goals.length === 0 ? (
        <p class="muted">{words.noGoals}</p>
      ) : (
        <Sheet
          name={words.goals}
          class="funnel"
          heads={
            <>
              <th scope="col">{words.indicator}</th>
              <th scope="col">{words.period}</th>
              <Heads names={numbers} numbers />
              <th scope="col">{words.standing}</th>
            </>
          }
        >
          {goals.map((held) => (
            <Row key={JSON.stringify([held.goal.indicator, held.goal.variant, held.goal.grain])} held={held} />
          ))}
        </Sheet>
      )}
    </section>
  );
}

function Row({ held }: { held: Attainment }) {
  const { texts, place } = useView();
  const words = useWords();
  const { goal, to, unit, currency, value, attainment, required, verdict } = held;
  const figure = (number: number | null) =>
    number === null || unit === null ? "—" : <Num value={number} kind={unit} currency={currency} />;
  const behind = verdict === "behind" || verdict === "missed";
  return (
    <tr>
      <th scope="row">{indicatorTitle(texts, goal.indicator, goal.indicator)}</th>
      <td>
        {formatDay(place, goal.periodStart)} – {formatDay(place, shiftDays(to, -1))}
      </td>
      <td class="number">{figure(goal.target)}</td>
      <td class="number strong">{figure(value)}</td>
      <td class="number">{attainment === null ? "—" : <Num value={attainment} kind="ratio" />}</td>
      <td class="number">{figure(required)}</td>
      <td>
        {verdict && (
          <span class={behind ? "flag" : "muted"}>
            {behind ? "▼" : "▲"} {words.standings[verdict]}
          </span>
        )}
      </td>
    </tr>
  );
}
