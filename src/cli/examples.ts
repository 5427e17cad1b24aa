const most = 3;
const longest = 60;

/** The name of a thing without the parts that are empty, cut where it would make a table too wide. */
function brief(name: string): string {
  const filled = name
    .split(" · ")
    .filter((part) => part.trim() !== "")
    .join(" · ");
  const letters = [...filled];
  return letters.length <= longest
    ? filled
    : `${letters
        .slice(0, longest - 1)
        .join("")
        .trimEnd()}…`;
}

/** A few names of what is counted; names that are made of many parts are cut, and fewer of them are told. */
export function examplesText(names: readonly string[]): string {
  const told = names.slice(0, most).map(brief);
  const isLong = told.some((each) => each.includes(" · "));
  return (isLong ? told.slice(0, 1) : told).join(", ");
}
