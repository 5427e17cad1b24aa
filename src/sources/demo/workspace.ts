import { factNames } from "./columns.ts";

/** The name of the demo company. */
export const companyLabel = "Nubia Software";

const settings = `name: ${companyLabel}
currency: EUR
time_zone: Europe/Madrid
languages: [es, en]
locale: es-ES
stages: {mql: [mql], sql: [sql]}
revenue: billings
gross_margin: 0.78
sources:
  demo:
    kind: files
    facts:
`;

/** The settings of the demo's workspace. */
export const workspaceSettings = (): string =>
  settings + factNames.map((name) => `      ${name}: |\n        SELECT * FROM 'files/${name}.csv'\n`).join("");
