import { calendar as calendarOf, type Calendar } from "./calendar.ts";
import { factNames, type FactName } from "./columns.ts";
import { knownThen, type Morning } from "./past/index.ts";
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

const margin = { former: 0.74, present: 0.78 };

const settings = (calendar: Calendar, grossMargin: number): string => `name: ${companyLabel}
currency: EUR
time_zone: Europe/Madrid
languages: [es, en]
locale: es-ES
stages: {mql: [mql], sql: [sql]}
revenue: billings
gross_margin: ${grossMargin}
holidays: [${holidays(calendar).join(", ")}]
scoreboards:
${teamNames.map(board).join("\n")}
`;

const source = (select: (fact: FactName) => string, more = ""): string => `sources:
  demo:
    kind: files
${more}    facts:
${factNames.map((fact) => `      ${fact}: |\n        ${select(fact).replaceAll("\n", "\n        ")}\n`).join("")}`;

const viable = { former: "leads", present: "leads(disqualified_as = null)" };

const indicator = (leads: string, more = ""): string =>
  `# An indicator of this company's own: the name of the file is its id. docs/definitions.md says what can be written here.
title: {es: Costo por prospecto viable, en: Cost per viable media lead}
description:
  es: Lo que costó en medios cada prospecto que puede comprar.
  en: What the media cost for each lead that can buy.
owner: ${director}
better: lower
${more}value: spend(category = "media") / ${leads}
`;

/** The text of each file with which the company says what its words mean and where its facts are, by its path. */
export type WorkspaceFiles = Readonly<Record<string, string>>;

const settingsFile = "embudo.yaml";
const indicatorFile = "indicators/cost-per-viable-lead.yaml";

/** The files as they are today. What counts as viable was settled in the course of the year, for all of it. */
export function workspaceFiles(today: string): WorkspaceFiles {
  const calendar = calendarOf(today);
  return {
    [settingsFile]: settings(calendar, margin.present) + source((fact) => `SELECT * FROM 'files/${fact}.csv'`),
    [indicatorFile]: indicator(viable.present, `effective: ${calendar.day(calendar.days - 90).slice(0, 4)}-01-01\n`),
  };
}

/** The files as they were on a morning of the past; of the facts they read what was known then. */
export function workspaceFilesThen(today: string, morning: Morning): WorkspaceFiles {
  const grossMargin = morning.defined ? margin.present : margin.former;
  const known = source((fact) => knownThen[fact](morning), morning.tidied ? "    complete: true\n" : "");
  return {
    ...workspaceFiles(today),
    [settingsFile]: settings(calendarOf(today), grossMargin) + known,
    ...(morning.defined ? {} : { [indicatorFile]: indicator(viable.former) }),
  };
}
