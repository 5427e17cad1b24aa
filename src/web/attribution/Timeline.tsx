import type { Journey } from "../../contract/journey.ts";
import { fill, lookUp } from "../../locales/index.ts";
import { formatInstant } from "../dates.ts";
import { formatMoney, formatNumber } from "../format.ts";
import { Refusal } from "../ui/Notices.tsx";
import { useView, valueName } from "../view.tsx";
import { Heads, Sheet } from "../ui/Sheet.tsx";
import type { Traced } from "./journey.ts";
import { modelName, useWords } from "./words.ts";

type Event = Journey["events"][number];

/** The journey of one person: what was done and seen, what came of it, and what each model gives each touch. */
export function JourneyScreen({ traced }: { traced: Traced }) {
  const words = useWords().journey;
  const { name, journey, problem } = traced;
  return (
    <>
      <header class="page-head">
        <h1 tabIndex={-1}>{fill(words.title, { name })}</h1>
      </header>
      <p class="description muted">{words.description}</p>
      {problem && (
        <section class="card">
          <Refusal problem={problem} />
        </section>
      )}
      {journey && <Known journey={journey} />}
    </>
  );
}

function Known({ journey }: { journey: Journey }) {
  const { texts } = useView();
  const words = useWords().journey;
  const { person, leads, aliases, outcome, recorded, events, cut } = journey;
  const known = Object.entries(aliases).map(([kind, n]) => `${lookUp<string>(words.aliases, kind) ?? kind}: ${n}`);
  const facts = [
    person === null ? words.nobody : fill(words.person, { id: person }),
    fill(words.leads, { ids: leads.join(", ") || "—" }),
    ...known,
  ];
  return (
    <section class="card" aria-labelledby="timeline">
      <h2 id="timeline">{words.timeline}</h2>
      <p class="facts">{facts.join(" · ")}</p>
      {events.length === 0 ? <p class="nothing">{words.nothing}</p> : <Timeline journey={journey} />}
      <p class="hint muted">
        {outcome === null ? words.noOutcome : fill(words.sharesOf, { outcome: spoken(outcome, words.outcomes) })}
        {recorded && ` ${fill(words.recorded, { channel: valueName(texts, "channel", recorded.channel) })}`}
        {cut && ` ${words.cut}`}
      </p>
    </section>
  );
}

/** An outcome such as `deal:D1` in words. */
function spoken(outcome: string, names: Readonly<Record<string, string>>): string {
  const [kind = "", ...id] = outcome.split(":");
  return `${lookUp(names, kind) ?? kind} ${id.join(":")}`;
}

function Timeline({ journey: { events, models, outcome } }: { journey: Journey }) {
  const { texts } = useView();
  const words = useWords().journey;
  const shown = outcome === null ? [] : models;
  return (
    <Sheet
      name={words.timeline}
      class="timeline"
      heads={
        <>
          <Heads names={[words.at, words.what, words.through]} />
          {shown.map((model) => (
            <th key={model} scope="col" class="number">
              {modelName(texts, model)}
            </th>
          ))}
        </>
      }
    >
      {events.map((event) => (
        <Line key={`${event.kind} ${event.id}`} event={event} models={shown} />
      ))}
    </Sheet>
  );
}

function Line({ event, models }: { event: Event; models: readonly string[] }) {
  const { place, shell } = useView();
  const words = useWords().journey;
  const share = (amount: number) => formatNumber(place.locale, amount, { style: "percent", maximumFractionDigits: 0 });
  const mark = event.type === "outcome" ? "came" : event.seen ? "seen" : "done";
  const names = event.type === "outcome" ? words.outcomes : words.kinds;
  return (
    <tr class={mark}>
      <td>{formatInstant(place, event.at, shell.workspace.timeZone)}</td>
      <th scope="row">
        <span class="mark" aria-hidden="true" />
        {lookUp<string>(names, event.kind) ?? event.kind}
        {event.type === "outcome" && ` ${event.id}`}
        {event.type === "touch" && event.seen && <span class="muted"> ({words.seen})</span>}
      </th>
      <td>
        <Through event={event} />
      </td>
      {models.map((model) => {
        const earned = event.type === "touch" ? event.shares?.[model] : undefined;
        return (
          <td key={model} class={earned ? "number strong" : "number muted"}>
            {earned === undefined ? "" : <data value={String(earned)}>{share(earned)}</data>}
          </td>
        );
      })}
    </tr>
  );
}

/** Where a touch came from, or what an outcome was worth. */
function Through({ event }: { event: Event }) {
  const { texts, place } = useView();
  if (event.type === "outcome")
    return event.amount === null ? null : (
      <strong>{formatMoney(place, event.amount, "tile", event.currency ?? place.currency)}</strong>
    );
  const rest = [event.source, event.medium, event.campaign].filter((each) => each !== null);
  return (
    <>
      {valueName(texts, "channel", event.channel)}
      {rest.length > 0 && <span class="muted"> {rest.join(" / ")}</span>}
    </>
  );
}
