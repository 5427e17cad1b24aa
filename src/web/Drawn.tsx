import type { IndicatorEntry } from "../contract/catalogue.ts";
import { AttributionPage } from "./attribution/Page.tsx";
import type { Traced } from "./attribution/journey.ts";
import type { Attributed } from "./attribution/loader.ts";
import type { Followed } from "./funnel/loader.ts";
import { FunnelScreen } from "./funnel/Screen.tsx";
import { EmptyScreen } from "./home/Empty.tsx";
import { MissingScreen } from "./missing/Screen.tsx";
import type { Individual, Mapped } from "./reps/loader.ts";
import { RepScreen } from "./reps/RepScreen.tsx";
import { RepsScreen } from "./reps/RepsScreen.tsx";
import type { Stayed } from "./retention/loader.ts";
import { RetentionScreen } from "./retention/Screen.tsx";
import type { Foretold } from "./revenue/loader.ts";
import { RevenueScreen } from "./revenue/Screen.tsx";

/** What the pages show that the server alone draws. */
export type Shown =
  | Attributed
  | Traced
  | Followed
  | Stayed
  | Foretold
  | Mapped
  | Individual
  | { kind: "empty"; indicators: readonly IndicatorEntry[] }
  | { kind: "missing" };

/** A page that the server alone draws. */
export function DrawnPage({ shown }: { shown: Shown }) {
  switch (shown.kind) {
    case "funnel":
      return <FunnelScreen followed={shown} />;
    case "retention":
      return <RetentionScreen stayed={shown} />;
    case "revenue":
      return <RevenueScreen foretold={shown} />;
    case "reps":
      return <RepsScreen mapped={shown} />;
    case "rep":
      return <RepScreen individual={shown} />;
    case "empty":
      return <EmptyScreen indicators={shown.indicators} />;
    case "missing":
      return <MissingScreen />;
    case "comparison":
    case "journey":
      return <AttributionPage shown={shown} />;
  }
}
