import type { Attribution } from "../../contract/attribution.ts";
import { fill } from "../../locales/index.ts";
import { formatCounted } from "../format.ts";
import { useView, valueName } from "../view.tsx";
import { useWords } from "./words.ts";
import { agreedOn } from "./verdict.ts";

const most = 4;

/** What the page says in words: who robustly brings back more than it costs, who less, what is not proven, and of whom it depends. */
export function Verdict({ found }: { found: Attribution }) {
  const { texts, place } = useView();
  const { agreed: words } = useWords();
  const agreed = agreedOn(found);
  const listed = (names: readonly string[]) => {
    const shown = names.slice(0, most).map((name) => valueName(texts, found.question.by, name));
    const more = names.length > most ? [formatCounted(place, words.more, names.length - most)] : [];
    return new Intl.ListFormat(place.locale, { type: "conjunction" }).format([...shown, ...more]);
  };
  const said = (["gains", "loses", "unproven", "depends"] as const).filter((each) => agreed[each].length > 0);
  if (said.length === 0) return null;
  return <p class="sentence-small">{said.map((each) => `${fill(words[each], { names: listed(agreed[each]) })} `)}</p>;
}
