import type { ComponentChildren } from "preact";
import { movements, type BridgeMonth, type Retention, type Stock } from "../../contract/retention.ts";
import { fill } from "../../locales/index.ts";
import { hrefOf, shared } from "../address.ts";
import { pageTheme } from "../charts/theme.ts";
import { Waterfall, type Step } from "../charts/waterfall.tsx";
import { formatPeriod } from "../dates.ts";
import { indicatorPath } from "../routes.ts";
import { Num, useView } from "../view.tsx";
import { Sheet } from "../ui/Sheet.tsx";
import { useWords } from "./words.ts";

type Movement = (typeof movements)[number];

/** The height of a row with its line, which the drawing beside it keeps to. */
const rowHeight = 33;
const losses: readonly Movement[] = ["contraction", "churn"];

/** The indicator that opens a movement, and its variant. */
const opens: Readonly<Partial<Record<Movement | "closing", readonly [indicator: string, variant: string]>>> = {
  new: ["customers", "new"],
  expansion: ["customer-retention", "net-revenue"],
  contraction: ["customer-retention", "gross-revenue"],
  churn: ["customer-retention", "churn"],
  closing: ["customers", "active"],
};

/** The name of a movement, which leads to the indicator that opens it. */
function Named({ movement, sign }: { movement: Movement | "closing"; sign: string }) {
  const { shell } = useView();
  const words = useWords();
  const [indicator, variant] = opens[movement] ?? [];
  const { address } = shell;
  return (
    <>
      {sign}{" "}
      {indicator === undefined ? (
        words[movement]
      ) : (
        <a href={hrefOf(address, { ...shared(address), path: indicatorPath(indicator), variant })}>{words[movement]}</a>
      )}
    </>
  );
}

const signOf = (movement: Movement): number => (losses.includes(movement) ? -1 : 1);

const sumOf = (months: readonly BridgeMonth[], movement: Movement): Stock =>
  months.reduce(
    (sum, month) => ({
      customers: sum.customers + month[movement].customers,
      amount: sum.amount + month[movement].amount,
    }),
    { customers: 0, amount: 0 },
  );

/** What took the stock from the start of the months to their end, as a waterfall and month by month. */
export function BridgeCard({ found }: { found: Retention }) {
  const { place } = useView();
  const words = useWords();
  const { months, customersBy, inactivityDays } = found;
  const [first, last] = [months[0], months.at(-1)];
  if (first === undefined || last === undefined) return null;
  const said = {
    from: formatPeriod(place, first.month, "month"),
    to: formatPeriod(place, last.month, "month"),
    days: inactivityDays,
  };
  return (
    <section class="card" aria-labelledby="bridge">
      <h2 id="bridge">{fill(customersBy === "contracts" ? words.bridgeContracts : words.bridgePurchases, said)}</h2>
      <Walk months={months} currency={found.currency} />
      <p class="hint muted">{words.sums}</p>
      <details class="as-table">
        <summary>{words.byMonth}</summary>
        <Months months={months} currency={found.currency} />
      </details>
    </section>
  );
}

/** From the first opening to the last closing, movement by movement. */
function Walk({ months, currency }: { months: readonly BridgeMonth[]; currency: string }) {
  const words = useWords();
  const moved = movements.map((movement) => ({ movement, ...sumOf(months, movement) }));
  const [opening, closing] = [months[0]?.opening, months.at(-1)?.closing];
  if (opening === undefined || closing === undefined) return null;
  const steps = moved.map(({ movement, amount }): Step => ({
    id: movement,
    difference: signOf(movement) * amount,
    tone: signOf(movement) > 0 ? "good" : "bad",
  }));
  const end = (name: ComponentChildren, { amount, customers }: Stock, drawing: boolean) => (
    <tr class="strong">
      <th scope="row">{name}</th>
      {drawing && (
        <td class="fall" rowSpan={steps.length + 2}>
          <Waterfall
            before={opening.amount}
            after={closing.amount}
            steps={steps}
            rowHeight={rowHeight}
            theme={pageTheme}
          />
        </td>
      )}
      <td class="number">
        <Num value={amount} kind="money" currency={currency} />
      </td>
      <td class="number">
        <Num value={customers} kind="count" />
      </td>
    </tr>
  );
  return (
    <Sheet
      name={words.bridge}
      class="why walk"
      heads={
        <>
          <th scope="col">{words.line}</th>
          <th scope="col">
            <span class="hidden">{words.drawing}</span>
          </th>
          <th scope="col" class="number">
            {words.amount}
          </th>
          <th scope="col" class="number">
            {words.customers}
          </th>
        </>
      }
    >
      {end(words.opening, opening, true)}
      {moved.map(({ movement, amount, customers }) => (
        <tr key={movement}>
          <th scope="row">
            <Named movement={movement} sign={signOf(movement) > 0 ? "+" : "−"} />
          </th>
          <td class={`number delta ${signOf(movement) > 0 ? "good" : "bad"}`}>
            <Num value={signOf(movement) * amount} kind="money" currency={currency} />
          </td>
          <td class="number">
            <Num value={customers} kind="count" />
          </td>
        </tr>
      ))}
      {end(<Named movement="closing" sign="=" />, closing, false)}
    </Sheet>
  );
}

function Months({ months, currency }: { months: readonly BridgeMonth[]; currency: string }) {
  const { place } = useView();
  const words = useWords();
  const columns = ["opening", ...movements, "closing"] as const;
  const money = (value: number) => <Num value={value} kind="money" currency={currency} />;
  const isLoss = (column: (typeof columns)[number]) => losses.some((each) => each === column);
  return (
    <Sheet
      name={words.byMonth}
      class="funnel"
      heads={
        <>
          <th scope="col">{words.month}</th>
          {columns.map((column) => (
            <th key={column} scope="col" class="number">
              {words[column]}
            </th>
          ))}
          <th scope="col" class="number">
            {words.customers}
          </th>
        </>
      }
    >
      {months.map((month) => (
        <tr key={month.month}>
          <th scope="row">
            {formatPeriod(place, month.month, "month")} {month.incomplete && <span class="muted">{words.soFar}</span>}
          </th>
          {columns.map((column) => (
            <td key={column} class="number">
              {money(isLoss(column) ? 0 - month[column].amount : month[column].amount)}
            </td>
          ))}
          <td class="number">
            <Num value={month.closing.customers} kind="count" />
          </td>
        </tr>
      ))}
    </Sheet>
  );
}
