import type { Api } from "../contract/api.ts";
import type { Catalogue } from "../contract/catalogue.ts";
import { dictionaryOf, lookUp, type Dictionary, type Language } from "../locales/index.ts";
import { parseAddress } from "./address.ts";
import { loadJourney } from "./attribution/journey.ts";
import { loadAttribution } from "./attribution/loader.ts";
import { checked } from "./checked.ts";
import { contextOf, dimensionsOf, entryOf, type Context } from "./context.ts";
import { startOf } from "./dates.ts";
import type { Shown } from "./Drawn.tsx";
import { loadEvidence, type Evidence } from "./evidence/loader.ts";
import { loadExplanation, type Explained } from "./explain/loader.ts";
import { localeFor, type Place } from "./format.ts";
import { loadFunnel } from "./funnel/loader.ts";
import { loadHome, type Home } from "./home/loader.ts";
import { loadRetention } from "./retention/loader.ts";
import { loadRevenue } from "./revenue/loader.ts";
import { loadDetail, type Detail } from "./indicator/loader.ts";
import { loadRep, loadReps } from "./reps/loader.ts";
import { matchRoute } from "./routes.ts";
import type { NavEntry, OwnName, Shell, ThemeName } from "./shell.ts";
import { textsWith } from "./view.tsx";
import type { Stills } from "./Still.tsx";

type DrawnName = "attribution" | "journey" | "funnel" | "retention" | "revenue" | "reps" | "rep" | "empty" | "missing";

export type Screen =
  | { name: "home"; home: Home }
  | { name: "indicator"; detail: Detail; evidence: Evidence | null }
  | { name: DrawnName; shown: Shown | null };

/** A page as it goes to the browser: all that its markup is made from. */
export interface Page {
  status: number;
  title: string;
  shell: Shell;
  screen: Screen;
  explained: Explained | null;
  stills: Stills;
}

/** Who asks for which page. */
export interface PageRequest {
  path: string;
  search: URLSearchParams;
  language: Language;
  theme?: ThemeName;
  now?: string | undefined;
}

/** Loads a page: reads its address, asks its questions, and keeps what its markup needs. */
export async function loadPage({ path, search, language, theme = "auto", now }: PageRequest, api: Api): Promise<Page> {
  const catalogue = inLanguage(atItsEnd(await api.catalogue()), language);
  const { workspace } = catalogue;
  const place: Place = { language, locale: localeFor(language, workspace.locale), currency: workspace.currency };
  const parsed = parseAddress(path, search, dimensionsOf(catalogue), workspace.today);
  const { address, dropped } = checked(parsed, catalogue);
  const context = contextOf(api, catalogue, address, place);
  const [screen, explained] = await Promise.all([
    loadScreen(context),
    workspace.empty ? null : loadExplanation(context),
  ]);
  const nav = navOf(catalogue);
  const ownNames = ownNamesOf(catalogue, language);
  const { period, compared } = context;
  const shell: Shell = { place, theme, workspace, nav, ownNames, address, dropped, period, compared, now: now ?? null };
  return {
    status: screen.name === "missing" ? 404 : 200,
    title: titleOf(screen, textsWith(dictionaryOf(language), ownNames), workspace.name),
    shell,
    screen,
    explained,
    stills: {},
  };
}

/** Data that ended before this month is looked at from its last day on, not from an empty present. */
function atItsEnd(catalogue: Catalogue): Catalogue {
  const { today, lastDay } = catalogue.workspace;
  if (lastDay === null || lastDay >= startOf("month", today)) return catalogue;
  return { ...catalogue, workspace: { ...catalogue.workspace, today: lastDay } };
}

/** What the company named itself, in the reader's language where it wrote that. */
function inLanguage(catalogue: Catalogue, language: Language): Catalogue {
  const indicators = catalogue.indicators.map((entry) => {
    const title = entry.titles[language] ?? entry.title;
    const variants = entry.variants.map((each) => (each.title === entry.title ? { ...each, title } : each));
    return { ...entry, title, description: entry.descriptions[language] ?? entry.description, variants };
  });
  return { ...catalogue, indicators };
}

const missing: Screen = { name: "missing", shown: { kind: "missing" } };

async function loadScreen(context: Context): Promise<Screen> {
  const { catalogue, address } = context;
  const route = matchRoute(address.path);
  const entry = route?.id === undefined ? undefined : entryOf(catalogue, route.id);
  if (route === undefined || (route.screen === "indicator" && entry === undefined)) return missing;
  if (catalogue.workspace.empty)
    return {
      name: "empty",
      shown: { kind: "empty", indicators: catalogue.indicators.filter(({ nine }) => nine !== null) },
    };
  if (route.screen === "attribution") return { name: "attribution", shown: await loadAttribution(context) };
  if (route.screen === "funnel") return { name: "funnel", shown: await loadFunnel(context) };
  if (route.screen === "retention") return { name: "retention", shown: await loadRetention(context) };
  if (route.screen === "revenue") return { name: "revenue", shown: await loadRevenue(context) };
  if (route.screen === "reps") return { name: "reps", shown: await loadReps(context) };
  if (route.screen === "rep") return { name: "rep", shown: await loadRep(context, route.id ?? "") };
  if (route.screen === "journey") return { name: "journey", shown: await loadJourney(context, route.id ?? "") };
  if (entry === undefined) return { name: "home", home: await loadHome(context) };
  const variant = entry.variants.find(({ id }) => id === address.variant) ?? entry.variants[0];
  if (variant === undefined) return missing;
  const [detail, evidence] = await Promise.all([
    loadDetail(context, entry, variant),
    loadEvidence(context, entry.id, variant),
  ]);
  return { name: "indicator", detail, evidence };
}

/** The indicators as navigation names them; what no language knows is the company's own. */
const navOf = ({ indicators }: Catalogue): NavEntry[] =>
  indicators.map(({ id, title, nine }) => ({
    id,
    title,
    nine,
    own: lookUp(dictionaryOf("es").indicatorNames, id) === undefined,
  }));

/** The names that the company gives in a language, or else in any. */
const ownNamesOf = ({ indicators }: Catalogue, language: Language): OwnName[] =>
  indicators.flatMap(({ id, title, titles, description, descriptions }) =>
    Object.keys(titles).length === 0
      ? []
      : [{ id, title: titles[language] ?? title, description: descriptions[language] ?? description }],
  );

function titleOf(screen: Screen, texts: Dictionary, workspace: string): string {
  const own = {
    attribution: texts.product.attribution,
    journey: texts.product.attribution,
    funnel: texts.product.funnel,
    retention: texts.product.retention,
    revenue: texts.product.revenue,
    reps: texts.product.reps,
    rep: texts.product.reps,
    home: texts.home.title,
    empty: texts.home.title,
    missing: texts.missing.notFoundTitle,
  };
  const name =
    screen.name === "indicator"
      ? (lookUp(texts.indicatorNames, screen.detail.entry.id)?.title ?? screen.detail.entry.title)
      : own[screen.name];
  return `${name} · ${workspace} · ${texts.product.name}`;
}
