import { JourneyScreen } from "./Timeline.tsx";
import type { Traced } from "./journey.ts";
import type { Attributed } from "./loader.ts";
import { AttributionScreen } from "./Screen.tsx";

/** What the pages about attribution show: a comparison of models, or one person's journey. */
export function AttributionPage({ shown }: { shown: Attributed | Traced }) {
  return shown.kind === "journey" ? <JourneyScreen traced={shown} /> : <AttributionScreen attributed={shown} />;
}
