import type { Why } from "../../contract/why.ts";
import { hrefOf } from "../address.ts";
import { formatSpan } from "../dates.ts";
import { formatDifference } from "../difference.ts";
import { formatValue } from "../format.ts";
import { fill } from "../../locales/index.ts";
import { Refusal } from "../ui/Notices.tsx";
import { dimensionName, useView } from "../view.tsx";
import { Kept } from "./Kept.tsx";
import type { WhyCard } from "./loader.ts";
import { Movers } from "./Movers.tsx";
import { useEvidenceTexts, type Told } from "./view.ts";
import { WhyTable } from "./WhyTable.tsx";

/** Why a number changed: the difference shared out over the segments of one dimension, and what moved most in any. */
export function WhyCardView({ card, by, told }: { card: WhyCard; by: readonly string[]; told: Told }) {
  const { why: words } = useEvidenceTexts();
  const { why, movers, problem } = card;
  if (why === null && problem === null) return null;
  return (
    <section class="card" aria-labelledby="why">
      <header class="card-head">
        <h2 id="why">{words.title}</h2>
        {by.length > mostLinks ? <OverForm by={by} current={why?.by} /> : <OverLinks by={by} current={why?.by} />}
      </header>
      {problem && <Refusal problem={problem} />}
      {why && <Sentence why={why} told={told} />}
      {why && <WhyTable why={why} told={told} />}
      {movers.length > 0 && <Movers movers={movers} told={told} />}
    </section>
  );
}

/** More dimensions than these are chosen from a list. */
const mostLinks = 6;

interface OverProps {
  by: readonly string[];
  current: string | undefined;
}

function OverLinks({ by, current }: OverProps) {
  const { shell, texts } = useView();
  const { why: words } = useEvidenceTexts();
  return (
    <nav class="segments wrap" aria-label={words.over}>
      {by.map((dimension) => (
        <a
          key={dimension}
          href={`${hrefOf(shell.address, { over: dimension })}#why`}
          aria-current={dimension === current ? "true" : undefined}
        >
          {dimensionName(texts, dimension)}
        </a>
      ))}
    </nav>
  );
}

function OverForm({ by, current }: OverProps) {
  const { shell, texts } = useView();
  const { why: words, knobs } = useEvidenceTexts();
  const { address } = shell;
  return (
    <form class="asking" method="get" action={`${address.path}#why`} data-soft>
      <Kept address={{ ...address, over: undefined }} />
      <label for="over">{words.over}</label>
      <select id="over" name="why">
        {by.map((dimension) => (
          <option key={dimension} value={dimension} selected={dimension === current}>
            {dimensionName(texts, dimension)}
          </option>
        ))}
      </select>
      <button type="submit" class="button apply">
        {knobs.apply}
      </button>
    </form>
  );
}

/** The difference in one sentence, and its three effects where there is more than one. */
function Sentence({ why, told }: { why: Why; told: Told }) {
  const { shell, place } = useView();
  const { why: words } = useEvidenceTexts();
  const value = (amount: number | null) =>
    amount === null ? "—" : formatValue(place, amount, told.kind, "tile", told.currency);
  const difference = (amount: number) => formatDifference(place, amount, told.kind, told.currency);
  const { today } = shell.workspace;
  const effects = (["volume", "rate", "mix", "remainder"] as const).filter((effect) => why[effect] !== 0);
  return (
    <p class="sentence-small">
      {fill(words.sentence, {
        before: value(why.before.value),
        after: value(why.after.value),
        compared: shell.compared ? formatSpan(place, shell.compared, today) : "",
        period: formatSpan(place, shell.period, today),
        difference: difference(why.difference),
      })}{" "}
      {effects.length > 1 && (
        <span class="muted">
          {effects
            .map((effect) => fill(words.effect, { name: words[effect], amount: difference(why[effect]) }))
            .join(" · ")}
          .
        </span>
      )}
    </p>
  );
}
