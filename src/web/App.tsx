import type { ComponentType } from "preact";
import type { Shown } from "./Drawn.tsx";
import type { EvidenceProps } from "./evidence/Evidence.tsx";
import type { Explained } from "./explain/loader.ts";
import { HomeScreen } from "./home/Screen.tsx";
import type { Detail } from "./indicator/loader.ts";
import type { IndicatorScreen } from "./indicator/Screen.tsx";
import type { Page } from "./page.ts";
import { Still } from "./Still.tsx";
import { FilterBar } from "./ui/FilterBar.tsx";
import { KeyHelp } from "./ui/KeyHelp.tsx";
import { BottomBar, Brand, Rail } from "./ui/Nav.tsx";
import { Preferences } from "./ui/Preferences.tsx";
import { viewOf, ViewProvider } from "./view.tsx";

/** The components that not every browser has: pieces are loaded where they are shown, stills are the server's alone. */
export interface Parts {
  Indicator?: typeof IndicatorScreen;
  Drawn?: ComponentType<{ shown: Shown }>;
  Banner?: ComponentType;
  Knobs?: ComponentType<{ detail: Detail }>;
  Why?: ComponentType<EvidenceProps>;
  Apart?: ComponentType<EvidenceProps>;
  Explain?: ComponentType<{ explained: Explained }>;
}

/** A whole page: the same markup on the server and in the browser, which has loaded the pieces that the page shows. */
export function App({ page, parts }: { page: Page; parts: Parts }) {
  const view = viewOf(page.shell);
  const { texts } = view;
  const { Banner, Explain } = parts;
  const asks = ["home", "indicator", "attribution"].includes(page.screen.name);
  return (
    <ViewProvider value={view}>
      <a class="skip" href="#main">
        {texts.product.skip}
      </a>
      <div class={page.explained ? "app with-panel" : "app"}>
        <Rail />
        <div class="stage">
          <header class="bar">
            <Brand />
            {asks && <FilterBar />}
            <Preferences />
          </header>
          <main id="main" tabIndex={-1} aria-busy="false">
            <Still html={page.stills.banner}>{Banner && <Banner />}</Still>
            <ScreenOf page={page} parts={parts} />
          </main>
        </div>
        {page.explained && (
          <Still html={page.stills.explain}>{Explain && <Explain explained={page.explained} />}</Still>
        )}
        <BottomBar />
      </div>
      <div class="progress" aria-hidden="true" />
      <p id="announcer" class="hidden" aria-live="polite" />
      <KeyHelp />
    </ViewProvider>
  );
}

function ScreenOf({ page, parts: { Drawn, Indicator, Knobs, Why, Apart } }: { page: Page; parts: Parts }) {
  const { screen, stills } = page;
  if (screen.name === "home") return <HomeScreen home={screen.home} />;
  if ("shown" in screen)
    return <Still html={stills.drawn}>{Drawn && screen.shown && <Drawn shown={screen.shown} />}</Still>;
  if (Indicator === undefined) return null;
  const { detail, evidence } = screen;
  const drawn = (Drawing: Parts["Why"]) => Drawing && evidence && <Drawing evidence={evidence} detail={detail} />;
  return (
    <Indicator
      key={detail.entry.id}
      detail={detail}
      knobs={<Still html={stills.knobs}>{Knobs && <Knobs detail={detail} />}</Still>}
      why={<Still html={stills.why}>{drawn(Why)}</Still>}
      apart={<Still html={stills.apart}>{drawn(Apart)}</Still>}
    />
  );
}
