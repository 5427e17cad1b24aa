import type { DealAtRisk, RepDetail } from "../../contract/rep.ts";
import { fill } from "../../locales/index.ts";
import { formatDay } from "../dates.ts";
import { Num, useView } from "../view.tsx";
import { Heads, Sheet } from "../ui/Sheet.tsx";
import { useWords } from "./words.ts";

/** Open deals that are older than nearly all that were won. */
export function Risk({ risk }: { risk: RepDetail["risk"] }) {
  const words = useWords();
  const { usualDays: days, older, open, deals } = risk;
  const compared = older === 0 ? words.noRisk : words.riskHint;
  const told = open === 0 ? words.noOpen : days === null ? words.noWon : compared;
  return (
    <section class="card" aria-labelledby="risk">
      <h2 id="risk">{words.risk}</h2>
      <p class="muted">{fill(told, { days: days ?? 0, older, open })}</p>
      {deals.length > 0 && (
        <Sheet
          name={words.risk}
          class="funnel"
          heads={
            <>
              <th scope="col">{words.deal}</th>
              <th scope="col">{words.at}</th>
              <th scope="col">{words.product}</th>
              <th scope="col">{words.created}</th>
              <Heads names={[words.age, words.later, words.amount]} numbers />
            </>
          }
        >
          {deals.map((deal) => (
            <Row key={deal.deal} deal={deal} />
          ))}
        </Sheet>
      )}
    </section>
  );
}

function Row({ deal: { deal, stage, product, createdOn, age, later, amount, currency } }: { deal: DealAtRisk }) {
  const { place } = useView();
  const words = useWords();
  return (
    <tr>
      <th scope="row">{deal}</th>
      <td>{stage ?? "—"}</td>
      <td>{product ?? "—"}</td>
      <td>{formatDay(place, createdOn)}</td>
      <td class="number">{age}</td>
      <td class="number">{later === 0 ? words.never : <Num value={later} kind="ratio" />}</td>
      <td class="number">{amount === null ? "—" : <Num value={amount} kind="money" currency={currency} />}</td>
    </tr>
  );
}
