import type { Retention } from "../../contract/retention.ts";
import { fill } from "../../locales/index.ts";
import { hrefOf, shared } from "../address.ts";
import { indicatorPath } from "../routes.ts";
import { Num, useView, valueName } from "../view.tsx";
import { useFigures, useWords } from "./words.ts";

/** The month at which staying is told, or the last one before it that is known. */
const toldAt = 12;

/** What stands out: how many stay, which of them do not, and what the last twelve months kept. */
export function Findings({ found }: { found: Retention }) {
  const words = useWords();
  return (
    <section class="card findings">
      <p>
        <strong>
          <Stay found={found} />
        </strong>
      </p>
      <p>
        <Worst found={found} />
      </p>
      <p class="muted hint">{words.year}</p>
      <Year found={found} />
    </section>
  );
}

function Stay({ found: { survival } }: { found: Retention }) {
  const words = useWords();
  const { share } = useFigures();
  const point = survival.findLast(({ month }) => month > 0 && month <= toldAt);
  if (point === undefined) return <>{words.noStay}</>;
  const [low, high] = point.interval;
  return (
    <>{fill(words.stay, { share: share(point.share), months: point.month, low: share(low), high: share(high) })}</>
  );
}

function Worst({ found: { worst, groups, question } }: { found: Retention }) {
  const { texts } = useView();
  const words = useWords();
  const { share, count, times } = useFigures();
  const group = groups.find(({ name }) => worst !== null && name === worst);
  if (group === undefined) return <>{words.noWorst}</>;
  return (
    <strong>
      {fill(words.worst, {
        group: valueName(texts, question.by, group.name),
        times: times(group.against ?? 0),
        churn: share(group.churn ?? 0),
        lost: count(group.lost),
      })}
    </strong>
  );
}

/** The numbers of the indicator over the last whole year, each leading to its page. */
function Year({ found: { year } }: { found: Retention }) {
  const { shell } = useView();
  const words = useWords();
  const numbers = [
    [words.logo, "logo", year.logo],
    [words.gross, "gross-revenue", year.gross],
    [words.net, "net-revenue", year.net],
  ] as const;
  const to = (variant: string) =>
    hrefOf(shell.address, { ...shared(shell.address), path: indicatorPath("customer-retention"), variant });
  return (
    <dl class="year" aria-label={words.year}>
      {numbers.map(([name, variant, value]) => (
        <div key={variant}>
          <dt>
            <a href={to(variant)}>{name}</a>
          </dt>
          <dd>{value === null ? "—" : <Num value={value} kind="ratio" />}</dd>
        </div>
      ))}
    </dl>
  );
}
