import { ExplainPanel } from "./explain/Panel.tsx";
import { EmptyScreen } from "./home/Empty.tsx";
import { HomeScreen } from "./home/Screen.tsx";
import { IndicatorScreen } from "./indicator/Screen.tsx";
import { MissingScreen } from "./missing/Screen.tsx";
import type { Page, Screen } from "./page.ts";
import { FilterBar } from "./ui/FilterBar.tsx";
import { KeyHelp } from "./ui/KeyHelp.tsx";
import { BottomBar, Brand, Rail } from "./ui/Nav.tsx";
import { Preferences } from "./ui/Preferences.tsx";
import { viewOf, ViewProvider } from "./view.tsx";

/** A whole page: the same markup on the server and in the browser. */
export function App({ page }: { page: Page }) {
  const view = viewOf(page.shell);
  const { texts } = view;
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
            <ScreenOf screen={page.screen} />
          </main>
        </div>
        {page.explained && <ExplainPanel explained={page.explained} />}
        <BottomBar />
      </div>
      <div class="progress" aria-hidden="true" />
      <p id="announcer" class="hidden" aria-live="polite" />
      <KeyHelp />
    </ViewProvider>
  );
}

function ScreenOf({ screen }: { screen: Screen }) {
  if (screen.name === "home") return <HomeScreen home={screen.home} />;
  if (screen.name === "indicator") return <IndicatorScreen key={screen.detail.entry.id} detail={screen.detail} />;
  if (screen.name === "empty") return <EmptyScreen indicators={screen.indicators} />;
  return <MissingScreen />;
}
