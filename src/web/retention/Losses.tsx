import type { LostCustomer, Retention } from "../../contract/retention.ts";
import { fill } from "../../locales/index.ts";
import { formatDay } from "../dates.ts";
import { dimensionName, Num, useView, valueName } from "../view.tsx";
import { Heads, Sheet } from "../ui/Sheet.tsx";
import { useWords } from "./words.ts";

/** As many of those who left as are shown at once. */
const shown = 10;

/** Why customers left, and which ones. */
export function Losses({ found }: { found: Retention }) {
  const words = useWords();
  return (
    <section class="card" aria-labelledby="reasons">
      <h2 id="reasons">{words.reasons}</h2>
      {found.lost.length === 0 ? (
        <p class="nothing">{words.noLosses}</p>
      ) : (
        <>
          <Reasons found={found} />
          <h3 class="below">{words.left}</h3>
          <Lost found={found} lost={found.lost.slice(0, shown)} />
          {found.lost.length > shown && (
            <details class="as-table">
              <summary>{fill(words.more, { count: found.lost.length - shown })}</summary>
              <Lost found={found} lost={found.lost.slice(shown)} />
            </details>
          )}
        </>
      )}
    </section>
  );
}

function Reasons({ found: { reasons, currency } }: { found: Retention }) {
  const { texts } = useView();
  const words = useWords();
  const all = reasons.reduce((sum, { customers }) => sum + customers, 0);
  return (
    <Sheet
      name={words.reasons}
      class="funnel"
      heads={
        <>
          <th scope="col">{words.reason}</th>
          <Heads names={[words.customers, "%", words.amount]} numbers />
        </>
      }
    >
      {reasons.map(({ reason, customers, amount }) => (
        <tr key={reason ?? ""}>
          <th scope="row">
            {reason === null ? <span class="muted">{words.noReason}</span> : valueName(texts, "churn_reason", reason)}
          </th>
          <td class="number strong">
            <Num value={customers} kind="count" />
          </td>
          <td class="number muted">
            <Num value={customers / all} kind="ratio" />
          </td>
          <td class="number">
            <Num value={amount} kind="money" currency={currency} />
          </td>
        </tr>
      ))}
    </Sheet>
  );
}

function Lost({
  found: { question, customersBy, currency },
  lost,
}: {
  found: Retention;
  lost: readonly LostCustomer[];
}) {
  const { place, texts } = useView();
  const words = useWords();
  const { by } = question;
  const amount = customersBy === "contracts" ? words.paid : words.bought;
  return (
    <Sheet
      name={words.left}
      class="funnel"
      heads={
        <>
          <Heads names={[words.customer, dimensionName(texts, by), words.since, words.until]} />
          <th scope="col" class="number">
            {amount}
          </th>
          <th scope="col">{words.reason}</th>
        </>
      }
    >
      {lost.map((each) => (
        <tr key={`${each.customer} ${each.group}`}>
          <th scope="row">{each.name ?? each.customer}</th>
          <td>{each.group === null ? <span class="muted">{words.none}</span> : valueName(texts, by, each.group)}</td>
          <td class="muted">{formatDay(place, each.began)}</td>
          <td>{formatDay(place, each.left)}</td>
          <td class="number">
            <Num value={each.amount} kind="money" currency={currency} />
          </td>
          <td>{each.reason === null ? "" : valueName(texts, "churn_reason", each.reason)}</td>
        </tr>
      ))}
    </Sheet>
  );
}
