import type { Mover } from "../../contract/why.ts";
import type { Limits } from "../../engine/database.ts";
import type { Quotient } from "../../engine/quotient.ts";
import { believed } from "../../methods/explanation/false-discovery.ts";
import { contributionsOf } from "./contributions.ts";
import { additive } from "../certainty/noise.ts";
import type { Context } from "../draft.ts";
import { openDimensions, splitSide, type Sides } from "./sides.ts";
import type { Store } from "../store.ts";

const mostSegments = 200;
const mostMovers = 10;

/** A segment with the probability that its own change is chance. */
interface Tested {
  readonly mover: Mover;
  readonly noise: number;
}

/** The segments of one dimension whose change can be tested; none of a dimension that says nothing or has too many values. */
async function testedBy(by: string, sides: Sides, quotient: Quotient, store: Store, limits: Limits): Promise<Tested[]> {
  const [before, after] = await Promise.all([
    splitSide(sides.before, by, store, limits),
    splitSide(sides.after, by, store, limits),
  ]);
  const segments = new Set([...before.rows.keys(), ...after.rows.keys()]).size;
  if (segments < 2 || segments > mostSegments) return [];
  return contributionsOf(by, quotient, before, after).flatMap(({ contribution, noise }) =>
    noise === null ? [] : [{ mover: { by, ...contribution }, noise }],
  );
}

/** The segments of any dimension that moved the value most, without those whose own change may be chance. */
export async function moversOf(sides: Sides, context: Context, store: Store, limits: Limits): Promise<Mover[] | null> {
  const quotient = additive(sides.after);
  if (quotient === undefined) return null;
  const dimensions = await openDimensions(sides, context, store.database);
  const tested = (await Promise.all(dimensions.map((each) => testedBy(each, sides, quotient, store, limits)))).flat();
  const real = believed(
    tested.map((each) => each.noise),
    1 - sides.after.level,
  );
  return tested
    .filter(({ mover }, i) => real[i] === true && mover.total !== 0)
    .map(({ mover }) => mover)
    .toSorted((a, b) => Math.abs(b.total) - Math.abs(a.total))
    .slice(0, mostMovers);
}
