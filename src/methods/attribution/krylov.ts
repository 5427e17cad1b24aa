type Vector = Float64Array;
type Matrix = (vector: Vector) => Vector;
/** A cosine and a sine. */
type Rotation = readonly [number, number];

const dot = (a: Vector, b: Vector): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
};
const norm = (a: Vector): number => Math.sqrt(dot(a, a));

/** a += factor × b, in place. */
function add(a: Vector, factor: number, b: Vector): void {
  for (let i = 0; i < a.length; i++) a[i] = (a[i] ?? 0) + factor * (b[i] ?? 0);
}

/** Turns the entries i and i + 1, in place. */
function turn(entries: number[], [cos, sin]: Rotation, i: number): void {
  const [upper, lower] = [entries[i] ?? 0, entries[i + 1] ?? 0];
  entries[i] = cos * upper + sin * lower;
  entries[i + 1] = cos * lower - sin * upper;
}

/** The rotation that leaves nothing of the lower entry. */
function clearing(upper: number, lower: number): Rotation {
  const length = Math.hypot(upper, lower);
  return length === 0 ? [1, 0] : [upper / length, lower / length];
}

/** The y with R y = g, of the triangle R by columns. */
function backSubstituted(columns: readonly number[][], g: readonly number[]): number[] {
  const y = g.slice(0, columns.length);
  for (let i = columns.length - 1; i >= 0; i--) {
    y[i] = (y[i] ?? 0) / (columns[i]?.[i] ?? 1);
    for (let above = 0; above < i; above++) y[above] = (y[above] ?? 0) - (columns[i]?.[above] ?? 0) * (y[i] ?? 0);
  }
  return y;
}

/** What the matrix makes of a direction that is new to the basis: its parts along the basis, and a new one, if any is left. */
function step(matrix: Matrix, basis: Vector[]): number[] {
  const direction = matrix(basis.at(-1) ?? new Float64Array());
  const column = basis.map((each) => {
    const along = dot(each, direction);
    add(direction, -along, each);
    return along;
  });
  const length = norm(direction);
  basis.push(length === 0 ? direction : direction.map((each) => each / length));
  return [...column, length];
}

/** The correction that leaves the least of the rest, made of the rest and what the matrix makes of it, step by step. */
function correction(matrix: Matrix, rest: Vector, steps: number): Vector {
  const size = norm(rest);
  const basis = [rest.map((each) => each / size)];
  const columns: number[][] = [];
  const rotations: Rotation[] = [];
  const g = [size];
  while (columns.length < steps && Math.abs(g[columns.length] ?? 0) > 1e-8 * size) {
    const column = step(matrix, basis);
    rotations.forEach((rotation, i) => turn(column, rotation, i));
    const last = columns.length;
    const rotation = clearing(column[last] ?? 0, column[last + 1] ?? 0);
    turn(column, rotation, last);
    turn(g, rotation, last);
    rotations.push(rotation);
    columns.push(column);
  }
  const found = new Float64Array(rest.length);
  backSubstituted(columns, g).forEach((factor, i) => add(found, factor, basis[i] ?? found));
  return found;
}

/**
 * The x with A x = b, of a matrix known by what it makes of a vector: generalised minimal residuals, repeated on what is left
 * until rounding is all that is left. As many steps as there are unknowns are exact; far fewer do where A is near to 1.
 *
 * Saad and Schultz (1986), SIAM Journal on Scientific and Statistical Computing 7.
 *
 * @throws RangeError where the rest stays above 1e-10 of b: A is singular as far as numbers of this size can tell
 */
export function solve(matrix: Matrix, b: Vector): Vector {
  const x = new Float64Array(b.length);
  let rest = b.slice();
  const whole = norm(b);
  for (let left = whole; left > 1e-15 * whole; left = norm(rest)) {
    const change = correction(matrix, rest, Math.min(b.length, 500));
    add(x, 1, change);
    const image = matrix(x);
    const next = b.map((each, i) => each - (image[i] ?? 0));
    if (!(norm(next) < left / 2)) {
      add(x, -1, change);
      break;
    }
    rest = next;
  }
  if (!(norm(rest) <= 1e-10 * whole)) throw new RangeError("the equations have no accurate solution");
  return x;
}
