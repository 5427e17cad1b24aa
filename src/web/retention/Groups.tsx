import type { Retention, RetentionGroup } from "../../contract/retention.ts";
import { fill } from "../../locales/index.ts";
import { hrefOf, shared } from "../address.ts";
import { Splits } from "../attribution/Splits.tsx";
import { indicatorPath } from "../routes.ts";
import { dimensionName, Num, useView, valueName } from "../view.tsx";
import { Heads, Sheet } from "../ui/Sheet.tsx";
import { groupings } from "./loader.ts";
import { useFigures, useWords } from "./words.ts";

/** How each group stays, held against all others. */
export function Groups({ found }: { found: Retention }) {
  const { texts } = useView();
  const words = useWords();
  const { by } = found.question;
  const numbers = [words.customers, words.lost, words.monthly, words.others, words.interval, words.share];
  return (
    <section class="card" aria-labelledby="groups">
      <header class="card-head">
        <h2 id="groups">{words.groups}</h2>
        <Splits by={by} label={words.by} among={groupings} />
      </header>
      <Sheet
        name={words.groups}
        class="funnel"
        heads={
          <>
            <th scope="col">{dimensionName(texts, by)}</th>
            <Heads names={numbers} numbers />
            <th scope="col">±</th>
          </>
        }
      >
        {found.groups.map((group) => (
          <Row key={group.name ?? ""} group={group} found={found} />
        ))}
      </Sheet>
      <p class="hint muted">{words.groupsHint}</p>
    </section>
  );
}

function Row({ group, found }: { group: RetentionGroup; found: Retention }) {
  const words = useWords();
  const { share, times } = useFigures();
  const { name, customers, lost, churn, against, interval, survival } = group;
  return (
    <tr class={name !== null && found.worst === name ? "worst" : undefined}>
      <th scope="row">
        <Name group={group} by={found.question.by} />
      </th>
      <td class="number">
        <Num value={customers} kind="count" />
      </td>
      <td class="number">
        <Num value={lost} kind="count" />
      </td>
      <td class="number strong">{churn === null ? "—" : <Num value={churn} kind="ratio" />}</td>
      <td class="number">{against === null ? "—" : fill(words.times, { times: times(against) })}</td>
      <td class="number muted">
        {interval && `${times(interval[0])} – ${interval[1] === null ? "∞" : times(interval[1])}`}
      </td>
      <td class="number">
        {survival === null ? "—" : fill(words.after, { share: share(survival.share), months: survival.month })}
      </td>
      <td>
        <Verdict group={group} />
      </td>
    </tr>
  );
}

function Verdict({ group: { certain, against } }: { group: RetentionGroup }) {
  const words = useWords();
  if (!certain) return null;
  const isWorse = (against ?? 0) > 1;
  return <span class={isWorse ? "flag" : "muted"}>{isWorse ? `▼ ${words.worse}` : `▲ ${words.better}`}</span>;
}

/** A name that leads to the retention of that group alone, where every number opens. */
function Name({ group: { name }, by }: { group: RetentionGroup; by: string }) {
  const { shell, texts } = useView();
  const words = useWords();
  if (name === null) return <>{words.none}</>;
  const where = { ...shell.address.where, [by]: { not: false, values: [name] } };
  const path = indicatorPath("customer-retention");
  const href = hrefOf(shell.address, { ...shared(shell.address), path, variant: "churn", where });
  return <a href={href}>{valueName(texts, by, name)}</a>;
}
