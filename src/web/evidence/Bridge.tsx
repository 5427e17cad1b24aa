import type { Bridge, Bucket } from "../../contract/bridge.ts";
import { hrefOf } from "../address.ts";
import { formatDifference } from "../difference.ts";
import { formatCounted, formatNumber, formatValue, type Kind } from "../format.ts";
import { fill, lookUp } from "../../locales/index.ts";
import { Refusal } from "../ui/Notices.tsx";
import { dimensionName, indicatorTitle, partName, useView, variantTitle, type View } from "../view.tsx";
import { EvidenceTable } from "./EvidenceTable.tsx";
import { Examples } from "./Examples.tsx";
import { Kept } from "./Kept.tsx";
import type { BridgeCard, Choice } from "./loader.ts";
import { useEvidenceTexts, type Told } from "./view.ts";
import { linesOf, sharedRows, type Line } from "./walk.ts";

/** How a number comes apart from another one: folded until somebody asks. */
export function BridgeCardView({ card, choices, told }: { card: BridgeCard | null; choices: Choice[]; told: Told }) {
  const { bridge: words } = useEvidenceTexts();
  return (
    <details class="card folded" id="vs" open={card !== null}>
      <summary>
        <h2>{words.title}</h2>
      </summary>
      <p class="muted">{words.lead}</p>
      <AgainstForm choices={choices} />
      {card?.problem && <Refusal problem={card.problem} />}
      {card?.bridge && <Walk bridge={card.bridge} choices={choices} told={told} />}
    </details>
  );
}

function AgainstForm({ choices }: { choices: Choice[] }) {
  const { shell } = useView();
  const { bridge: words } = useEvidenceTexts();
  const { address } = shell;
  return (
    <form class="asking" method="get" action={`${address.path}#vs`} data-soft>
      <Kept address={{ ...address, against: undefined }} />
      <label for="against">{words.against}</label>
      <select id="against" name="vs" required>
        <option value="">{words.choose}</option>
        {choices.map((choice) => (
          <Options key={choice.id} choice={choice} />
        ))}
      </select>
      <button type="submit" class="button">
        {words.ask}
      </button>
      {address.against !== undefined && <a href={hrefOf(address, { against: undefined })}>{words.stop}</a>}
    </form>
  );
}

function Options({ choice }: { choice: Choice }) {
  const { shell, texts } = useView();
  const title = indicatorTitle(texts, choice.id, choice.title);
  const { against } = shell.address;
  if (choice.variants.length < 2)
    return (
      <option value={choice.id} selected={against === choice.id}>
        {title}
      </option>
    );
  return (
    <optgroup label={title}>
      {choice.variants.map((variant, index) => {
        const id = `${choice.id}.${variant.id}`;
        return (
          <option key={id} value={id} selected={against === id || (index === 0 && against === choice.id)}>
            {title} · {variantTitle(texts, choice.id, variant.id, variant.title)}
          </option>
        );
      })}
    </optgroup>
  );
}

/** A side's number in words: its indicator, which variant of several, and which part of its formula. */
function sideName({ texts }: View, side: Bridge["left"], choices: readonly Choice[], template: string): string {
  const { id, title, variants, variant } = chosen(side, choices);
  const name = indicatorTitle(texts, id, title);
  const own = variants > 1 && variant ? `${name} · ${variantTitle(texts, id, variant.id, variant.title)}` : name;
  return (variant?.parts.length ?? 0) > 1 ? fill(template, { part: partName(texts, side.part), title: own }) : own;
}

/** The indicator and the variant that a side is about. */
function chosen({ question, title }: Bridge["left"], choices: readonly Choice[]) {
  const choice = choices.find(({ id }) => id === question.indicator);
  const variants = choice?.variants ?? [];
  const variant = variants.find(({ id }) => id === question.variant) ?? variants[0];
  return { id: question.indicator, title: choice?.title ?? title, variants: variants.length, variant };
}

function kindOfSide(side: Bridge["left"], choices: readonly Choice[]): Kind {
  const { variant } = chosen(side, choices);
  return variant?.parts.find(({ id }) => id === side.part)?.unit === "money" ? "money" : "count";
}

/** From the left number to the right one, line by line. */
function Walk({ bridge, choices, told }: { bridge: Bridge; choices: Choice[]; told: Told }) {
  const view = useView();
  const { place } = view;
  const { bridge: words } = useEvidenceTexts();
  const nameOf = (side: Bridge["left"]) => sideName(view, side, choices, words.of);
  const names = { left: nameOf(bridge.left), right: nameOf(bridge.right) };
  const kind = kindOfSide(bridge.left, choices);
  const ends = (name: string, value: number) => (
    <tr class="strong">
      <th scope="row">{name}</th>
      <td class="number">
        <data value={String(value)}>{formatValue(place, value, kind, "exact", told.currency)}</data>
      </td>
      <td />
      <td />
    </tr>
  );
  const shared = sharedRows(bridge);
  const headings = { line: words.line, amount: words.value, rows: words.rows, examples: words.examples };
  return (
    <>
      <EvidenceTable title={words.title} headings={headings}>
        <tbody>
          {ends(names.left, bridge.left.value)}
          {linesOf(bridge).map((line) => (
            <WalkLine
              key={`${line.bucket.side} ${line.bucket.reason}`}
              line={line}
              names={names}
              kind={kind}
              currency={told.currency}
            />
          ))}
          {ends(`= ${names.right}`, bridge.right.value)}
        </tbody>
      </EvidenceTable>
      {shared > 0 && <p class="hint muted">{formatCounted(place, words.bothSame, shared)}.</p>}
    </>
  );
}

interface LineProps {
  line: Line;
  names: { left: string; right: string };
  kind: Kind;
  currency: string | null;
}

function WalkLine({ line: { bucket, change }, names, kind, currency }: LineProps) {
  const view = useView();
  const { bridge: words } = useEvidenceTexts();
  const templates = { left: words.onlyLeft, right: words.onlyRight, both: words.both };
  const title = bucket.side === "right" ? names.right : names.left;
  return (
    <tr>
      <th scope="row">{fill(templates[bucket.side], { title, reason: useReason(bucket) })}</th>
      <td class="number">
        <data value={String(change)}>{formatDifference(view.place, change, kind, currency)}</data>
      </td>
      <td class="number">{formatNumber(view.place.locale, bucket.rows)}</td>
      <td>
        <Examples keys={bucket.examples} />
      </td>
    </tr>
  );
}

/** Why one side does not count what the other does, in words. */
function useReason({ reason }: Bucket): string {
  const { texts } = useView();
  const { bridge: words } = useEvidenceTexts();
  const dimension = /^filter:(.+)$/.exec(reason)?.[1];
  if (dimension !== undefined)
    return fill(words.reasons.filter, { dimension: dimensionName(texts, dimension).toLowerCase() });
  return lookUp(words.reasons, reason) ?? reason.replaceAll("-", " ");
}
