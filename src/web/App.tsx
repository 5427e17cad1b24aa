import type { ComponentType } from "preact";
import type { Explained } from "./explain/loader.ts";
import { EmptyScreen } from "./home/Empty.tsx";
import { HomeScreen } from "./home/Screen.tsx";
import type { IndicatorScreen } from "./indicator/Screen.tsx";
import { MissingScreen } from "./missing/Screen.tsx";
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
  Explain?: ComponentType<{ explained: Explained }>;
}

/** A whole page: the same markup on the server and in the browser, which has loaded the pieces that the page shows. */
export function App({ page, parts }: { page: Page; parts: Parts }) {
  const view = viewOf(page.shell);
  const { texts } = view;
  const { Explain } = parts;
  const asks = page.screen.name === "home" || page.screen.name === "indicator";
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

function ScreenOf({ page: { screen }, parts: { Indicator } }: { page: Page; parts: Parts }) {
  if (screen.name === "home") return <HomeScreen home={screen.home} />;
  if (screen.name === "indicator" && Indicator)
    return <Indicator key={screen.detail.entry.id} detail={screen.detail} />;
  if (screen.name === "empty") return <EmptyScreen indicators={screen.indicators} />;
  return <MissingScreen />;
}
