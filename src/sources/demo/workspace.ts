import type { Calendar } from "./calendar.ts";
import { factNames } from "./columns.ts";
import { director, teamNames } from "./team.ts";

/** The name of the demo company. */
export const companyLabel = "Nubia Software";

const board = (team: string): string =>
  `  ${team.toLowerCase()}:
    title: Equipo ${team}
    filters: {team: ${team}}
    indicators: [sales-qualified-leads, opportunities-created, win-ratio:closed, sales-cycle-days, sales-revenue]`;

const nationwide = ["01-01", "01-06", "05-01", "10-12", "12-08", "12-25"];

/** Of every year of the span and of the one after it. */
function holidays(calendar: Calendar): string[] {
  const [first, last] = [calendar.day(0), calendar.day(calendar.days)].map((day) => Number(day.slice(0, 4)));
  const years = Array.from({ length: (last ?? 0) - (first ?? 0) + 2 }, (_, i) => (first ?? 0) + i);
  return years.flatMap((year) => nationwide.map((day) => `${year}-${day}`));
}

const settings = (calendar: Calendar): string => `name: ${companyLabel}
currency: EUR
time_zone: Europe/Madrid
languages: [es, en]
locale: es-ES
stages: {mql: [mql], sql: [sql]}
revenue: billings
gross_margin: 0.78
holidays: [${holidays(calendar).join(", ")}]
scoreboards:
${teamNames.map(board).join("\n")}
sources:
  demo:
    kind: files
    facts:
`;

/** An indicator of the demo company's own, for `indicators/cost-per-viable-lead.yaml`. */
export const ownIndicator = `# An indicator of this company's own: the name of the file is its id. docs/definitions.md says what can be written here.
title: {es: Costo por prospecto viable, en: Cost per viable media lead}
description:
  es: Lo que costó en medios cada prospecto que puede comprar.
  en: What the media cost for each lead that can buy.
owner: ${director}
better: lower
value: spend(category = "media") / leads(disqualified_as = null)
`;

/** The settings of the demo's workspace. */
export const workspaceSettings = (calendar: Calendar): string =>
  settings(calendar) +
  factNames.map((name) => `      ${name}: |\n        SELECT * FROM 'files/${name}.csv'\n`).join("");
