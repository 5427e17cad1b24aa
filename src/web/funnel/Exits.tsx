import type { Funnel } from "../../contract/funnel.ts";
import { formatNumber } from "../format.ts";
import { Num, useView, valueName } from "../view.tsx";
import { Heads, Sheet } from "../ui/Sheet.tsx";
import { useWords } from "./words.ts";

const reasons = {
  disqualified: "disqualified_as",
  rejected: "rejection_reason",
  lost: "lost_reason",
  churned: "churn_reason",
} as const;

/** Why leads left, stage by stage: how many, after how many days, and what was at stake. */
export function Exits({ found }: { found: Funnel }) {
  const { place, texts } = useView();
  const words = useWords();
  const exits = found.steps.flatMap(({ stage, exits: all }) => all.map((exit) => ({ stage, ...exit })));
  return (
    <section class="card" aria-labelledby="exits">
      <h2 id="exits">{words.exits}</h2>
      {exits.length === 0 && <p class="nothing">{words.noExits}</p>}
      {exits.length > 0 && (
        <Sheet
          name={words.exits}
          class="funnel"
          heads={
            <>
              <Heads names={[words.stage, words.kind, words.reason]} />
              <Heads names={[words.leads, words.days, words.stake]} numbers />
            </>
          }
        >
          {exits.map(({ stage, kind, reason, leads, days, value }) => (
            <tr key={`${stage} ${kind} ${reason}`}>
              <td>{words.stages[stage]}</td>
              <td>{words.kinds[kind]}</td>
              <td>
                {reason === null ? (
                  <span class="muted">{words.noReason}</span>
                ) : (
                  valueName(texts, reasons[kind], reason)
                )}
              </td>
              <td class="number strong">
                <Num value={leads} kind="count" />
              </td>
              <td class="number muted">
                {days !== null && formatNumber(place.locale, days, { maximumFractionDigits: 1 })}
              </td>
              <td class="number">{value !== null && <Num value={value} kind="money" currency={found.currency} />}</td>
            </tr>
          ))}
        </Sheet>
      )}
    </section>
  );
}
