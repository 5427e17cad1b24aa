/** A place on a drawing. */
export type Place = readonly [x: number, y: number];

/** Consecutive places; a missing one ends a run. */
function runsOf<T>(places: readonly (T | null)[]): T[][] {
  const runs: T[][] = [[]];
  for (const place of places) {
    if (place === null) runs.push([]);
    else runs.at(-1)?.push(place);
  }
  return runs.filter((run) => run.length > 0);
}

const through = (places: readonly Place[]): string => places.map(([x, y]) => `${x},${y}`).join("L");

/** The path through places, broken where one is missing; a run of one is a point. */
export const linePath = (places: readonly (Place | null)[]): string =>
  runsOf(places)
    .map((run) => `M${through(run)}${run.length === 1 ? "h0.01" : ""}`)
    .join("");

/** The path around the bands between an upper and a lower place at each x. */
export const bandPath = (bands: readonly ({ x: number; low: number; high: number } | null)[]): string =>
  runsOf(bands)
    .map(
      (run) =>
        `M${through(run.map(({ x, high }) => [x, high]))}L${through(run.map(({ x, low }): Place => [x, low]).toReversed())}Z`,
    )
    .join("");
