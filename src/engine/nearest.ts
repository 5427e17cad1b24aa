import leven from "leven";

/** The name that was probably meant, for remedies. */
export const nearest = (wanted: string, names: readonly string[]): string | undefined =>
  names
    .toSorted((a, b) => leven(wanted, a) - leven(wanted, b))
    .find((each) => leven(wanted, each) <= Math.max(2, each.length / 3));

/** The way out of a name that does not exist: the one that was probably meant, and all there are. */
export function suggestion(wanted: string, names: readonly string[]): string {
  const meant = nearest(wanted, names);
  return `${meant === undefined ? "" : `did you mean ${meant}? `}use one of ${names.join(", ")}`;
}
