import type { AttributedRow, Attribution } from "../../contract/attribution.ts";
import { fill } from "../../locales/index.ts";
import { models } from "../address.ts";
import { Kept } from "../evidence/Kept.tsx";
import { dimensionName, Num, useView, valueName } from "../view.tsx";
import { Sheet } from "../ui/Sheet.tsx";
import { endsOf } from "./Band.tsx";
import { modelName, shortOf, useWords } from "./words.ts";

const most = 12;
const [width, height, margin] = [96, 26, 4];

/** The chosen model beside another one: what rises and what falls. */
export function Slopes({ found, chosen }: { found: Attribution; chosen: string }) {
  const { shell, texts } = useView();
  const words = useWords();
  const wanted = models[shell.address.against ?? ""];
  const other = wanted ?? (chosen === "first" ? "last" : "first");
  const at = found.settings.findIndex(({ model }) => model === other);
  const rows = found.rows.filter(({ name, chosen: own, results }) => {
    const theirs = results[at]?.value ?? null;
    return name !== null && own.value !== null && theirs !== null;
  });
  if (rows.length === 0) return null;
  const caption = fill(words.slopeCaption, { one: modelName(texts, chosen), other: modelName(texts, other) });
  return (
    <section class="card" aria-labelledby="slopes">
      <header class="card-head">
        <h2 id="slopes">{words.slopes}</h2>
        <Other other={other} />
      </header>
      <Sheet
        name={caption}
        class="slopes"
        heads={
          <>
            <th scope="col">{dimensionName(texts, found.question.by)}</th>
            <th scope="col" class="number">
              {modelName(texts, chosen)}
            </th>
            <th scope="col" colSpan={2} class="number">
              {modelName(texts, other)}
            </th>
          </>
        }
      >
        {rows.slice(0, most).map((row) => (
          <Slope key={row.name} row={row} found={found} theirs={row.results[at]?.value ?? 0} />
        ))}
      </Sheet>
    </section>
  );
}

/** The choice of the model that the chosen one is held against. */
function Other({ other }: { other: string }) {
  const { shell, texts } = useView();
  const words = useWords();
  const { address } = shell;
  return (
    <form class="knob" method="get" action={address.path} data-soft>
      <Kept address={{ ...address, against: undefined }} />
      <label for="other-model">{words.against}</label>
      <select id="other-model" name="vs">
        {Object.entries(models).map(([short, model]) => (
          <option key={short} value={short} selected={short === shortOf(other)}>
            {modelName(texts, model)}
          </option>
        ))}
      </select>
      <button type="submit" class="button apply">
        {words.apply}
      </button>
    </form>
  );
}

function Slope({ row, found, theirs }: { row: AttributedRow; found: Attribution; theirs: number }) {
  const { texts } = useView();
  const words = useWords();
  const own = row.chosen.value ?? 0;
  const [low, high] = endsOf(found.rows);
  const y = (value: number) =>
    Math.round((height - margin - ((value - low) / (high - low || 1)) * (height - 2 * margin)) * 10) / 10;
  const direction = theirs > own ? words.up : theirs < own ? words.down : words.same;
  return (
    <tr>
      <th scope="row">{valueName(texts, found.question.by, row.name)}</th>
      <td class="number">
        <Num value={own} kind={found.unit} currency={found.currency} />
      </td>
      <td class="slope">
        <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
          <line x1={margin} x2={width - margin} y1={y(own)} y2={y(theirs)} stroke="var(--c1)" stroke-width="1.5" />
          <circle cx={margin} cy={y(own)} r="3" fill="var(--c1)" />
          <circle
            cx={width - margin}
            cy={y(theirs)}
            r="3"
            fill="var(--surface)"
            stroke="var(--c1)"
            stroke-width="1.5"
          />
        </svg>
        <span class="hidden">{direction}</span>
      </td>
      <td class="number">
        <Num value={theirs} kind={found.unit} currency={found.currency} />
      </td>
    </tr>
  );
}
