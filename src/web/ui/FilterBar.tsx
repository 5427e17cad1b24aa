import { hrefOf, models, searchOf, type Address } from "../address.ts";
import { formatSpan, shift, startOf, shiftDays } from "../dates.ts";
import { fill, lookUp } from "../../locales/index.ts";
import { nameOf, neighbour, parsePeriod, parseSpan } from "../period.ts";
import { dimensionName, useView, valueName, type View } from "../view.tsx";
import { Icon } from "./Icon.tsx";

const own = new Set(["p", "c", "al", "m", "o"]);

/** The filters of every page: a plain form, so that it works without scripts. */
export function FilterBar() {
  const view = useView();
  const { shell, texts } = view;
  const { address, workspace, period } = shell;
  const kept = searchOf(address).filter(([key]) => !own.has(key));
  const step = (count: 1 | -1) => hrefOf(address, { period: neighbour(period, count, workspace.today), offset: 0 });
  return (
    <form class="filters" method="get" action={address.path} role="search" aria-label={texts.filters.legend} data-soft>
      {kept.map(([key, value]) => (
        <input key={key} type="hidden" name={key} value={value} />
      ))}
      <div class="stepper">
        <a class="button square" href={step(-1)} aria-label={texts.filters.previousPeriod} aria-keyshortcuts="[">
          <Icon name="previous" />
        </a>
        <Choice name="p" label={texts.filters.period} value={address.period} options={periodOptions(view)} />
        <a class="button square" href={step(1)} aria-label={texts.filters.nextPeriod} aria-keyshortcuts="]">
          <Icon name="next" />
        </a>
      </div>
      <Choice name="c" label={texts.filters.compare} value={address.compare} options={compareOptions(view)} />
      <More />
      <button type="submit" class="button apply">
        {texts.filters.apply}
      </button>
      <a
        class="by-key"
        href={hrefOf(address, { compare: nextCompare(address) })}
        aria-keyshortcuts="c"
        tabIndex={-1}
        aria-hidden="true"
      />
    </form>
  );
}

function More() {
  const { shell, texts } = useView();
  const { address } = shell;
  const span = parseSpan(address.period);
  const modelOptions: [string, string][] = Object.keys(models).map((id) => [id, lookUp(texts.models, id) ?? id]);
  return (
    <details class="more">
      <summary class="button">{texts.filters.custom}</summary>
      <div class="popover">
        <div>
          <label for="filter-from">{texts.filters.from}</label>
          <input id="filter-from" type="date" name="from" value={span?.from ?? ""} />
        </div>
        <div>
          <label for="filter-to">{texts.filters.to}</label>
          <input id="filter-to" type="date" name="to" value={span ? shiftDays(span.to, -1) : ""} />
        </div>
        <Choice
          name="al"
          label={texts.filters.alignment}
          value={address.alignment}
          options={[
            ["days", texts.compare.days],
            ["dow", texts.compare.dow],
          ]}
          shown
        />
        <Choice
          name="m"
          label={texts.filters.model}
          value={address.model ?? ""}
          options={[["", texts.models.default], ...modelOptions]}
          shown
        />
        <button type="submit" class="button primary">
          {texts.filters.apply}
        </button>
      </div>
    </details>
  );
}

interface ChoiceProps {
  name: string;
  label: string;
  value: string;
  options: [string, string][];
  /** Whether the label is seen, or only heard. */
  shown?: boolean;
}

function Choice({ name, label, value, options, shown = false }: ChoiceProps) {
  return (
    <div class="choice">
      <label for={`filter-${name}`} class={shown ? undefined : "hidden"}>
        {label}
      </label>
      <select id={`filter-${name}`} name={name} value={value} key={`${name}=${value}`}>
        {options.map(([id, text]) => (
          <option key={id} value={id} selected={id === value}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}

function periodOptions({ shell, texts, place }: View): [string, string][] {
  const { today } = shell.workspace;
  const before = (grain: "month" | "quarter" | "year") => nameOf(grain, shift(grain, startOf(grain, today), -1));
  const named = ["mtd", before("month"), "last30", "qtd", before("quarter"), "ytd", before("year")];
  const all = named.includes(shell.address.period) ? named : [...named, shell.address.period];
  return all.map((text) => {
    const period = parsePeriod(text, today);
    return [
      text,
      lookUp<string>(texts.periods, text) ?? (period ? formatSpan(place, { from: period.from, to: period.end }) : text),
    ];
  });
}

function compareOptions({ shell, texts, place }: View): [string, string][] {
  const { compare } = shell.address;
  const options: [string, string][] = [
    ["none", texts.compare.none],
    ["prev", texts.compare.prev],
    ["yoy", texts.compare.yoy],
  ];
  const span = parseSpan(compare);
  return span ? [...options, [compare, fill(texts.compare.custom, { range: formatSpan(place, span) })]] : options;
}

const nextCompare = ({ compare }: Address): string => ({ prev: "yoy", yoy: "none" })[compare] ?? "prev";

/** The filters that are on, each with a way to take it off. */
export function Chips() {
  const { shell, texts } = useView();
  const { address } = shell;
  const filters = Object.entries(address.where);
  if (filters.length === 0) return null;
  const without = (dimension: string) =>
    hrefOf(address, { where: Object.fromEntries(filters.filter(([name]) => name !== dimension)), offset: 0 });
  return (
    <ul class="chips" aria-label={texts.filters.active}>
      {filters.map(([dimension, { not, values }]) => {
        const name = dimensionName(texts, dimension);
        const list = values.map((value) => valueName(texts, dimension, value)).join(", ");
        return (
          <li key={dimension} class="chip">
            <span>
              {name}: <strong>{not ? fill(texts.filters.not, { value: list }) : list}</strong>
            </span>
            <a href={without(dimension)} aria-label={fill(texts.filters.remove, { name })}>
              <Icon name="close" />
            </a>
          </li>
        );
      })}
      {filters.length > 1 && (
        <li>
          <a class="quiet" href={hrefOf(address, { where: {}, offset: 0 })}>
            {texts.filters.clear}
          </a>
        </li>
      )}
    </ul>
  );
}
