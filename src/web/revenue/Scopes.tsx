import type { Revenue, RevenuePeriod, RevenueScope } from "../../contract/revenue.ts";
import { fill } from "../../locales/index.ts";
import { hrefOf } from "../address.ts";
import { Num, useView } from "../view.tsx";
import { Heads, Sheet } from "../ui/Sheet.tsx";
import { Segments } from "../ui/Segments.tsx";
import { lengths } from "./loader.ts";
import { useFigures, useWords } from "./words.ts";

type Grain = (typeof lengths)[number];

/** The company, each team and each rep in the month, the quarter or the year: where it stands and where it will land. */
export function Scopes({ found }: { found: Revenue }) {
  const { shell } = useView();
  const words = useWords();
  const grain: Grain = lengths.find((each) => each === shell.address.by) ?? "quarter";
  const isChanged = found.scopes.some(({ periods }) => periods.some(({ changed }) => changed !== null));
  const numbers = [
    words.so,
    words.low,
    words.mid,
    words.high,
    ...(isChanged ? [words.changed] : []),
    words.plan,
    words.probability,
    words.pastError,
  ];
  return (
    <section class="card" aria-labelledby="scopes">
      <header class="card-head">
        <h2 id="scopes">{words.scopes}</h2>
        <Segments
          label={words.grain}
          choices={lengths.map((each) => ({
            href: hrefOf(shell.address, { by: each }),
            name: words.grains[each],
            chosen: each === grain,
          }))}
        />
      </header>
      <Sheet
        name={words.scopes}
        class="funnel scopes"
        heads={
          <>
            <th scope="col">{words.scope}</th>
            <Heads names={numbers} numbers />
            <th scope="col">{words.method}</th>
          </>
        }
      >
        {found.scopes.map((scope) => (
          <Row
            key={`${scope.kind} ${scope.name}`}
            scope={scope}
            grain={grain}
            currency={found.currency}
            isChanged={isChanged}
          />
        ))}
      </Sheet>
    </section>
  );
}

interface RowProps {
  scope: RevenueScope;
  grain: Grain;
  currency: string;
  isChanged: boolean;
}

function Row({ scope, grain, currency, isChanged }: RowProps) {
  const { share } = useFigures(currency);
  const period = scope.periods.find((each) => each.grain === grain);
  if (period === undefined) return null;
  const { soFar, projection, goal, changed, method, past } = period;
  const money = (value: number | null | undefined) =>
    value == null ? "" : <Num value={value} kind="money" currency={currency} />;
  const probability = changed?.probability ?? goal?.probability ?? null;
  const error = past.find((each) => each.method === method)?.share ?? null;
  return (
    <tr class={scope.kind}>
      <th scope="row">
        <Name scope={scope} />
      </th>
      <td class="number">{money(soFar)}</td>
      <td class="number muted">{money(projection?.low)}</td>
      <td class="number strong">{money(projection?.mid)}</td>
      <td class="number muted">{money(projection?.high)}</td>
      {isChanged && <td class="number">{money(changed?.mid)}</td>}
      <td class="number">{money(goal?.target)}</td>
      <td class="number">{probability !== null && <data value={String(probability)}>{share(probability)}</data>}</td>
      <td class="number muted">{error !== null && <data value={String(error)}>{share(error)}</data>}</td>
      <td class="muted">
        <Method scope={scope} method={method} />
      </td>
    </tr>
  );
}

function Name({ scope: { kind, name } }: { scope: RevenueScope }) {
  const { shell } = useView();
  const words = useWords();
  if (kind === "company") return <>{Object.keys(shell.address.where).length > 0 ? words.all : words.company}</>;
  const where = { ...shell.address.where, [kind]: { not: false, values: [name] } };
  const text = kind === "team" ? fill(words.team, { name: name ?? words.none }) : (name ?? words.none);
  return <a href={hrefOf(shell.address, { where })}>{text}</a>;
}

function Method({ scope, method }: { scope: RevenueScope; method: RevenuePeriod["method"] }) {
  const words = useWords();
  if (method !== null) return <>{words.methods[method]}</>;
  return <>{scope.reason === "too-few-sales" ? words.tooFew : scope.reason === null ? words.fewErrors : "—"}</>;
}
