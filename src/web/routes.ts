/** The screens that are called as their path is, in the order in which they are linked. */
export const namedScreens = ["funnel", "reps", "attribution", "retention", "revenue"] as const;

/** A page's screen and, for an indicator's, which one. */
export interface Match {
  screen: (typeof namedScreens)[number] | "home" | "indicator" | "journey" | "rep";
  id: string | undefined;
}

const routes: readonly { screen: Match["screen"]; pattern: RegExp }[] = [
  { screen: "home", pattern: /^\/$/ },
  { screen: "journey", pattern: /^\/attribution\/journey\/([^/]+)$/ },
  { screen: "rep", pattern: /^\/reps\/([^/]+)$/ },
  { screen: "indicator", pattern: /^\/kpi\/([\w-]+)$/ },
];

/** The screen of a path: the one table that server and browser share. */
export function matchRoute(path: string): Match | undefined {
  const named = namedScreens.find((screen) => path === `/${screen}`);
  if (named) return { screen: named, id: undefined };
  for (const { screen, pattern } of routes) {
    const found = pattern.exec(path);
    if (found) return { screen, id: found[1] };
  }
  return undefined;
}

/** The pieces of pages that browsers load only where they are shown, by the folder of each. */
export type PieceName = "indicator";

/** The pieces that a page shows, as its address tells before it is loaded. */
export const piecesOf = (path: string): PieceName[] => (matchRoute(path)?.screen === "indicator" ? ["indicator"] : []);

/** The path of the page of attribution. */
export const attributionPath = "/attribution";

/** The path of an indicator's page. */
export const indicatorPath = (id: string): string => `/kpi/${id}`;

/** The path of the page of all who sell. */
export const repsPath = "/reps";

/** The path of the page of one who sells. */
export const repPath = (rep: string): string => `${repsPath}/${encodeURIComponent(rep)}`;

/** The name that a path spells; one that is no text stays as it is written. */
export function spelt(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch (error) {
    if (error instanceof URIError) return id;
    throw error;
  }
}
