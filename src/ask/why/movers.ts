import type { Mover } from "../../contract/why.ts";
import type { Quotient } from "../../engine/quotient.ts";
import { believed } from "../../methods/explanation/false-discovery.ts";
import { contributionsOf } from "./contributions.ts";
import { segmentsIn, type Split } from "./sides.ts";

const mostSegments = 200;
const mostMovers = 10;

/** A segment with the probability that its own change is chance. */
interface Tested {
  readonly mover: Mover;
  readonly noise: number;
}

/** The segments of one dimension whose change can be tested; none of a dimension that says nothing or has too many values. */
function testedBy(split: Split, quotient: Quotient): Tested[] {
  const segments = segmentsIn(split);
  if (segments < 2 || segments > mostSegments) return [];
  const { over: by, before, after } = split;
  return contributionsOf(by, quotient, before, after).flatMap(({ contribution, noise }) =>
    noise === null ? [] : [{ mover: { by, ...contribution }, noise }],
  );
}

/** The segments of any dimension that moved the value most, without those whose own change may be chance. */
export function moversAmong(splits: readonly Split[], quotient: Quotient, level: number): Mover[] {
  const tested = splits.flatMap((each) => testedBy(each, quotient));
  const real = believed(
    tested.map((each) => each.noise),
    1 - level,
  );
  return tested
    .filter(({ mover }, i) => real[i] === true && mover.total !== 0)
    .map(({ mover }) => mover)
    .toSorted((a, b) => Math.abs(b.total) - Math.abs(a.total))
    .slice(0, mostMovers);
}
