import type { Attribution, Verdict } from "../../contract/attribution.ts";
import { fill } from "../../locales/index.ts";
import { useView, valueName } from "../view.tsx";
import { settingName, useWords } from "./words.ts";

const mostPairs = 20;
const mostSettings = 3;

/** Which values are not in the same order under every setting. */
export function Pairs({ found }: { found: Attribution }) {
  const { texts } = useView();
  const words = useWords();
  const { pairs, settings, question } = found;
  if (pairs.length === 0) return null;
  const of = (wanted: Verdict) => pairs.filter(({ verdict }) => verdict === wanted);
  const contested = of("contested");
  const kept = Math.max(...settings.map(({ lookBack }) => lookBack));
  const name = (value: string) => valueName(texts, question.by, value);
  const nameOf = (id: string) => {
    const setting = settings.find((each) => each.id === id);
    return setting === undefined ? id : settingName(texts, words, setting, kept);
  };
  const some = (ids: readonly string[]) =>
    ids.slice(0, mostSettings).map(nameOf).join("; ") + (ids.length > mostSettings ? " …" : "");
  return (
    <section class="card" aria-labelledby="pairs">
      <h2 id="pairs">{words.pairs}</h2>
      <p>
        {fill(words.pairsHeld, {
          held: of("robust").length,
          unproven: of("unproven").length,
          count: pairs.length,
        })}
      </p>
      <ul class="pairs">
        {contested.slice(0, mostPairs).map(({ better, worse, otherwise }) => (
          <li key={`${better} ${worse}`}>
            {fill(words.pair, { better: name(better), worse: name(worse), otherwise: some(otherwise) })}
          </li>
        ))}
      </ul>
    </section>
  );
}
