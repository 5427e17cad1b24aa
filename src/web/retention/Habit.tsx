import type { Repurchase } from "../../contract/retention.ts";
import { fill } from "../../locales/index.ts";
import { formatDay } from "../dates.ts";
import { Num, useView } from "../view.tsx";
import { Heads, Sheet } from "../ui/Sheet.tsx";
import { useFigures, useWords } from "./words.ts";

/** Who may have left by its own habit, though it still counts as a customer. */
export function Habit({ found, currency }: { found: Repurchase; currency: string }) {
  const words = useWords();
  const { count } = useFigures();
  const said = {
    customers: count(found.customers),
    repeaters: count(found.repeaters),
    alive: count(found.alive),
    days: found.days,
    expected: count(found.expected),
  };
  return (
    <section class="card" aria-labelledby="habit">
      <h2 id="habit">{words.habit}</h2>
      <p>{fill(words.habitText, said)}</p>
      {found.doubtful.length === 0 ? (
        <p class="nothing">{words.noDoubt}</p>
      ) : (
        <Doubtful found={found} currency={currency} />
      )}
      <p class="hint muted">{words.habitHint}</p>
    </section>
  );
}

function Doubtful({ found: { doubtful }, currency }: { found: Repurchase; currency: string }) {
  const { place } = useView();
  const words = useWords();
  return (
    <Sheet
      name={words.habit}
      class="funnel"
      heads={
        <>
          <th scope="col">{words.customer}</th>
          <th scope="col" class="number">
            {words.purchasesMade}
          </th>
          <th scope="col">{words.last}</th>
          <Heads names={[words.bought, words.alive]} numbers />
        </>
      }
    >
      {doubtful.map((each) => (
        <tr key={each.customer}>
          <th scope="row">{each.name ?? each.customer}</th>
          <td class="number">
            <Num value={each.purchases} kind="count" />
          </td>
          <td>{formatDay(place, each.last)}</td>
          <td class="number">
            <Num value={each.amount} kind="money" currency={currency} />
          </td>
          <td class="number strong">
            <Num value={each.alive} kind="ratio" />
          </td>
        </tr>
      ))}
    </Sheet>
  );
}
