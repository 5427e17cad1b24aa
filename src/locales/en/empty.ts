import type { EmptyTexts } from "../es/empty.ts";

/** Texts of the first page of a company without data, which the server alone draws. */
export const empty: EmptyTexts = {
  title: "There is no data in {workspace} yet",
  lead: "The nine indicators are computed from your company's own data. Choose where to start:",
  demoTitle: "See an example company",
  demo: "Loads invented data of a whole company, so that you can walk through everything before bringing yours.",
  importTitle: "Import files",
  import: "Brings your CSV or Excel sheets: leads, opportunities, revenue and spend.",
  syncTitle: "Connect systems",
  sync: "Reads your CRM, your ad platforms and your billing as the workspace's settings say.",
  command: "Command",
  needs: "What each indicator needs",
};
