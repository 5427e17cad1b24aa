import type { Funnel, FunnelStage, FunnelStep } from "../../contract/funnel.ts";
import { hrefOf, shared } from "../address.ts";
import { formatNumber } from "../format.ts";
import { indicatorPath } from "../routes.ts";
import { Num, useView } from "../view.tsx";
import { Heads, Sheet } from "../ui/Sheet.tsx";
import { useWords } from "./words.ts";

/** The indicator that counts each stage, and the variant of its rate where it has one. */
const opens: Readonly<Record<FunnelStage, string>> = {
  lead: "leads",
  mql: "marketing-qualified-leads",
  sql: "sales-qualified-leads",
  opportunity: "opportunities-created",
  customer: "customers",
  onboarded: "customer-retention",
  renewed: "customer-retention",
};

/** The path, stage by stage: who went on, who is inside, who left, and how that is against the norm. */
export function Steps({ found }: { found: Funnel }) {
  const words = useWords();
  const most = found.steps[0]?.reached ?? 1;
  const numbers = [
    words.reached,
    words.wentOn,
    words.inside,
    words.days,
    words.out,
    words.days,
    words.rate,
    words.norm,
  ];
  return (
    <section class="card" aria-labelledby="steps">
      <h2 id="steps">{words.steps}</h2>
      <Sheet
        name={words.steps}
        class="funnel"
        heads={
          <>
            <th scope="col">{words.stage}</th>
            <th scope="col">{words.drawing}</th>
            <Heads names={numbers} numbers />
            <th scope="col">±</th>
            <th scope="col" class="number">
              {words.worth}
            </th>
          </>
        }
      >
        {found.steps.map((step) => (
          <Row key={step.stage} step={step} most={most} found={found} />
        ))}
      </Sheet>
      <p class="hint muted">{words.sums}</p>
    </section>
  );
}

const width = 120;

function Bar({ step: { wentOn, inside, out }, most }: { step: FunnelStep; most: number }) {
  const scale = (leads: number) => (leads / most) * width;
  const parts = [
    ["went-on", 0, wentOn],
    ["inside", wentOn, inside.leads],
    ["out", wentOn + inside.leads, out.leads],
  ] as const;
  return (
    <svg class="steps-bar" width={width} height="14" viewBox={`0 0 ${width} 14`} aria-hidden="true">
      {parts.map(([name, from, leads]) => (
        <rect key={name} class={name} x={scale(from)} y="1" width={scale(leads)} height="12" />
      ))}
    </svg>
  );
}

function Row({ step, most, found }: { step: FunnelStep; most: number; found: Funnel }) {
  const { shell, place } = useView();
  const words = useWords();
  const { stage, reached, wentOn, inside, out, held, value } = step;
  const count = (leads: number) => <Num value={leads} kind="count" />;
  const days = (age: number | null) =>
    age === null ? "" : formatNumber(place.locale, age, { maximumFractionDigits: 1 });
  const rate = (share: number | null | undefined) => (share == null ? "" : <Num value={share} kind="ratio" />);
  return (
    <tr class={found.worst === stage ? "worst" : undefined}>
      <th scope="row">
        <a href={hrefOf(shell.address, { ...shared(shell.address), path: indicatorPath(opens[stage]) })}>
          {words.stages[stage]}
        </a>
      </th>
      <td>
        <Bar step={step} most={most} />
      </td>
      <td class="number strong">{count(reached)}</td>
      <td class="number">{count(wentOn)}</td>
      <td class="number">{count(inside.leads)}</td>
      <td class="number muted">{days(inside.days)}</td>
      <td class="number">{count(out.leads)}</td>
      <td class="number muted">{days(out.days)}</td>
      <td class="number">{rate(held?.cohort.rate)}</td>
      <td class="number">{rate(held?.norm.rate)}</td>
      <td>
        <Difference held={held} />
      </td>
      <td class="number">{value === null ? "—" : <Num value={value} kind="money" currency={found.currency} />}</td>
    </tr>
  );
}

function Difference({ held }: { held: FunnelStep["held"] }) {
  const words = useWords();
  if (held === null) return null;
  if (held.cohort.rate === null) return <span class="muted">{words.young}</span>;
  if (!held.certain) return null;
  const isWorse = (held.missing ?? 0) > 0;
  return <span class={isWorse ? "flag" : "muted"}>{isWorse ? `▼ ${words.worse}` : `▲ ${words.better}`}</span>;
}
