import type { Rep, Reps } from "../../contract/reps.ts";

/** Of fewer than this, a band would tell who is who. */
const fewest = 5;

/** A quarter of the values below, half, and a quarter above, each between its neighbours. */
function bandOf(values: readonly number[]): [number, number, number] | null {
  if (values.length < fewest) return null;
  const ordered = values.toSorted((a, b) => a - b);
  const at = (share: number): number => {
    const place = share * (ordered.length - 1);
    const [low, high] = [ordered[Math.floor(place)] ?? 0, ordered[Math.ceil(place)] ?? 0];
    return low + (high - low) * (place - Math.floor(place));
  };
  return [at(0.25), at(0.5), at(0.75)];
}

/** What may be told of reps without telling who they are. */
export const othersOf = (reps: readonly Rep[]): NonNullable<Reps["others"]> => ({
  count: reps.length,
  create: bandOf(reps.flatMap(({ create }) => create?.value ?? [])),
  close: bandOf(reps.flatMap(({ close }) => close?.value ?? [])),
});
