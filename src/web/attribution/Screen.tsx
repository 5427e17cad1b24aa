import type { Attribution } from "../../contract/attribution.ts";
import type { ViewThrough } from "../../contract/view-through.ts";
import { formatNumber } from "../format.ts";
import { PageFoot } from "../ui/Notices.tsx";
import { Opening } from "../ui/Opening.tsx";
import { useView, valueName } from "../view.tsx";
import { Earnings } from "./Earnings.tsx";
import type { Attributed } from "./loader.ts";
import { Models } from "./Models.tsx";
import { Pairs } from "./Pairs.tsx";
import { Slopes } from "./Slopes.tsx";
import { Unclicked } from "./Unclicked.tsx";
import { Verdict } from "./Verdict.tsx";
import { useWords } from "./words.ts";

/** The page of attribution: who earns the credit under which model, and how far the return depends on it. */
export function AttributionScreen({ attributed }: { attributed: Attributed }) {
  const words = useWords();
  const { found, views, problem } = attributed;
  return (
    <>
      <Opening title={words.title} description={words.description} problem={problem} />
      {found && <Found found={found} views={views} />}
    </>
  );
}

function Found({ found, views }: { found: Attribution; views: ViewThrough | null }) {
  const words = useWords();
  const chosen = found.settings.find(({ id }) => id === found.chosen)?.model ?? found.chosen;
  return (
    <>
      <Verdict found={found} />
      <Models found={found} chosen={chosen} />
      <Earnings found={found} chosen={chosen} />
      <details class="card explained">
        <summary>{words.explained}</summary>
        <p>{words.explainedText}</p>
      </details>
      {views && <Unclicked views={views} />}
      <Pairs found={found} />
      <Slopes found={found} chosen={chosen} />
      <Paths found={found} />
      <PageFoot found={found} />
    </>
  );
}

function Paths({ found: { paths } }: { found: Attribution }) {
  const { texts, place } = useView();
  const words = useWords();
  return (
    <section class="card" aria-labelledby="paths">
      <h2 id="paths">{words.paths}</h2>
      {paths.length === 0 && <p class="nothing muted">{words.noPaths}</p>}
      <ol class="paths">
        {paths.map(({ channels, n }) => (
          <li key={channels.join(" ")}>
            {channels.map((channel) => valueName(texts, "channel", channel)).join(" → ")}{" "}
            <span class="muted">n = {formatNumber(place.locale, n)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
