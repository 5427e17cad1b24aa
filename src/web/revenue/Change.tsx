import type { Revenue, RevenueChange } from "../../contract/revenue.ts";
import { fill } from "../../locales/index.ts";
import { formatDay, shiftDays } from "../dates.ts";
import { formatValue } from "../format.ts";
import { useView } from "../view.tsx";
import { Heads, Sheet } from "../ui/Sheet.tsx";
import { useFigures, useWords } from "./words.ts";

/** How many products are listed. */
const most = 12;

type Part = Pick<RevenueChange, "before" | "after" | "volume" | "mix" | "price" | "currency">;

/** Why this year so far is not what it was a year before: sales, mix, prices and rates of exchange, by product too. */
export function Change({ found: { change, currency } }: { found: Revenue }) {
  const { place } = useView();
  const words = useWords();
  const { money, signed } = useFigures(currency);
  if (change.before === 0) return null;
  const last = (to: string) => formatDay(place, shiftDays(to, -1));
  const { volume, mix, price } = change;
  const columns = [words.before, words.after, words.volume, words.mix, words.price, words.currency, words.difference];
  return (
    <section class="card" aria-labelledby="change">
      <h2 id="change">{words.change}</h2>
      <p class="assumed">
        <strong>
          {fill(words.changeLine, {
            from: formatDay(place, change.from),
            to: last(change.to),
            earlier: formatDay(place, change.compared.from),
            until: last(change.compared.to),
            before: money(change.before),
            after: money(change.after),
            difference: signed(change.after - change.before),
          })}
        </strong>{" "}
        {fill(words.effects, {
          volume: signed(volume),
          mix: signed(mix),
          price: signed(price),
          currency: signed(change.currency),
        })}
      </p>
      <Sheet
        name={words.change}
        class="funnel"
        heads={
          <>
            <th scope="col">{words.product}</th>
            <Heads names={columns} numbers />
          </>
        }
      >
        {change.products.slice(0, most).map((part) => (
          <Row key={part.product ?? ""} name={part.product ?? words.none} part={part} currency={currency} />
        ))}
        <Row name={words.all} part={change} currency={currency} />
      </Sheet>
    </section>
  );
}

function Row({ name, part, currency }: { name: string; part: Part; currency: string }) {
  const { place } = useView();
  const { signed } = useFigures(currency);
  const { before, after, volume, mix, price } = part;
  const exact = (value: number) => (
    <data value={String(value)}>{formatValue(place, value, "money", "tile", currency)}</data>
  );
  const effect = (value: number) => <data value={String(value)}>{signed(value)}</data>;
  return (
    <tr>
      <th scope="row">{name}</th>
      <td class="number">{exact(before)}</td>
      <td class="number strong">{exact(after)}</td>
      {[volume, mix, price, part.currency].map((value, i) => (
        <td key={i} class="number">
          {effect(value)}
        </td>
      ))}
      <td class="number strong">{effect(after - before)}</td>
    </tr>
  );
}
