/** The colours of a chart by what they mean: the page's tokens, or literal ones where there is no page. */
export interface ChartTheme {
  actual: string;
  previous: string;
  goal: string;
  grid: string;
  text: string;
  surface: string;
  good: string;
  bad: string;
}

/** Colours of the page's own tokens. */
export const pageTheme: ChartTheme = {
  actual: "var(--c1)",
  previous: "var(--previous)",
  goal: "var(--ink)",
  grid: "var(--line)",
  text: "var(--muted)",
  surface: "var(--surface)",
  good: "var(--good)",
  bad: "var(--bad)",
};

/** Literal colours, for files and messages that have no style sheet. */
export const paperTheme: ChartTheme = {
  actual: "#2b59c8",
  previous: "#b3b9c4",
  goal: "#161b24",
  grid: "#d9dee6",
  text: "#566072",
  surface: "#ffffff",
  good: "#0b7a5c",
  bad: "#b3261e",
};
