import { AttributionPage } from "./attribution/Page.tsx";
import type { Traced } from "./attribution/journey.ts";
import type { Attributed } from "./attribution/loader.ts";
import type { Followed } from "./funnel/loader.ts";
import { FunnelScreen } from "./funnel/Screen.tsx";
import type { Stayed } from "./retention/loader.ts";
import { RetentionScreen } from "./retention/Screen.tsx";
import type { Foretold } from "./revenue/loader.ts";
import { RevenueScreen } from "./revenue/Screen.tsx";

/** What the pages show that the server alone draws. */
export type Shown = Attributed | Traced | Followed | Stayed | Foretold;

/** A page that the server alone draws. */
export function DrawnPage({ shown }: { shown: Shown }) {
  if (shown.kind === "revenue") return <RevenueScreen foretold={shown} />;
  if (shown.kind === "retention") return <RetentionScreen stayed={shown} />;
  return shown.kind === "funnel" ? <FunnelScreen followed={shown} /> : <AttributionPage shown={shown} />;
}
