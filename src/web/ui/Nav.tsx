import { hrefOf, shared } from "../address.ts";
import { indicatorPath, namedScreens } from "../routes.ts";
import type { NavEntry } from "../shell.ts";
import { indicatorShort, useView } from "../view.tsx";
import { Icon, iconOf, type IconName } from "./Icon.tsx";

type NamedScreen = (typeof namedScreens)[number];

const inBar: readonly NamedScreen[] = ["funnel", "reps", "revenue"];

function useLinks() {
  const { shell, texts } = useView();
  const to = (path: string) => hrefOf(shell.address, { ...shared(shell.address), path });
  const current = (path: string) => (shell.address.path === path ? ("page" as const) : undefined);
  const name = (entry: NavEntry) => indicatorShort(texts, entry.id, entry.title);
  const nine = shell.nav
    .filter((entry) => entry.nine !== null)
    .toSorted((one, other) => (one.nine ?? 0) - (other.nine ?? 0));
  const supporting = shell.nav.filter((entry) => entry.nine === null && !entry.own);
  const own = shell.nav.filter((entry) => entry.nine === null && entry.own);
  const item = (path: string, text: string, icon: IconName) => (
    <li key={path}>
      <a href={to(path)} aria-current={current(path)}>
        <Icon name={icon} />
        <span>{text}</span>
      </a>
    </li>
  );
  const page = (screen: NamedScreen) => item(`/${screen}`, texts.product[screen], screen);
  const first = item("/", texts.product.home, "home");
  const link = (entry: NavEntry) => item(indicatorPath(entry.id), name(entry), iconOf(entry.id));
  return { texts, to, current, link, page, first, nine, supporting, own };
}

/** The rail at the left: home and every indicator; signs only on narrower screens. */
export function Rail() {
  const { texts, current, link, page, first, nine, supporting, own } = useLinks();
  return (
    <nav class="rail" aria-label={texts.product.nav}>
      <Brand />
      <ul>
        {first}
        {namedScreens.map(page)}
      </ul>
      <p class="rail-title">{texts.product.indicators}</p>
      <ul>{nine.map(link)}</ul>
      {own.length > 0 && (
        <>
          <p class="rail-title">{texts.product.own}</p>
          <ul>{own.map(link)}</ul>
        </>
      )}
      {supporting.length > 0 && (
        <details class="supporting" open={supporting.some((entry) => current(indicatorPath(entry.id)) !== undefined)}>
          <summary class="rail-title">{texts.product.supporting}</summary>
          <ul>{supporting.map(link)}</ul>
        </details>
      )}
    </nav>
  );
}

/** The product's mark and name, leading home. */
export function Brand() {
  const { texts, to } = useLinks();
  return (
    <a class="brand" href={to("/")}>
      <Mark />
      <span>{texts.product.name}</span>
    </a>
  );
}

/** The bar at the foot of a phone: home, three pages, and the rest behind one more. */
export function BottomBar() {
  const { texts, link, page, first, nine, supporting, own } = useLinks();
  return (
    <nav class="bottom-bar" aria-label={texts.product.nav}>
      <ul>
        {first}
        {inBar.map(page)}
        <li>
          <details class="sheet">
            <summary>
              <Icon name="more" />
              <span>{texts.product.more}</span>
            </summary>
            <ul>
              {namedScreens.filter((screen) => !inBar.includes(screen)).map(page)}
              {[...nine, ...own, ...supporting].map(link)}
            </ul>
          </details>
        </li>
      </ul>
    </nav>
  );
}

/** The product's mark: a funnel of three bars. */
function Mark() {
  return (
    <svg class="logo" width="22" height="22" viewBox="0 0 24 24" aria-hidden="true">
      <rect x="2" y="4" width="20" height="4" rx="2" />
      <rect x="5" y="10" width="14" height="4" rx="2" />
      <rect x="9" y="16" width="6" height="4" rx="2" />
    </svg>
  );
}
