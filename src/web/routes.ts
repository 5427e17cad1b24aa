/** A page's screen and, for an indicator's, which one. */
export interface Match {
  screen: "home" | "indicator";
  id: string | undefined;
}

const routes: readonly { screen: Match["screen"]; pattern: RegExp }[] = [
  { screen: "home", pattern: /^\/$/ },
  { screen: "indicator", pattern: /^\/kpi\/([\w-]+)$/ },
];

/** The screen of a path: the one table that server and browser share. */
export function matchRoute(path: string): Match | undefined {
  for (const { screen, pattern } of routes) {
    const found = pattern.exec(path);
    if (found) return { screen, id: found[1] };
  }
  return undefined;
}

/** The path of an indicator's page. */
export const indicatorPath = (id: string): string => `/kpi/${id}`;
