import { expect, test } from "vitest";
import { chance, choiceOf, draw, exponential, logNormal, purpose, random } from "./random.ts";

const draws = 20_000;
const mean = (value: () => number) => Array.from({ length: draws }, value).reduce((sum, each) => sum + each, 0) / draws;

test("a restarted stream repeats itself, whatever was drawn before", () => {
  const numbers = random(7);
  numbers.restart(purpose.lead, 41);
  const first = [numbers.bits(), numbers.bits()];
  numbers.restart(purpose.journey, 3);
  numbers.next();
  numbers.restart(purpose.lead, 41);
  expect([numbers.bits(), numbers.bits()]).toEqual(first);
});

test("seeds, purposes and neighbouring indexes start different streams", () => {
  const starts = [
    [1, 1, 0],
    [2, 1, 0],
    [1, 2, 0],
    [1, 1, 1],
    [1, 1, -1],
  ].map(([seed, stream, index]) => {
    const numbers = random(seed as number);
    numbers.restart(stream as number, index as number);
    return numbers.bits();
  });
  expect(new Set(starts).size).toBe(starts.length);
});

test("first draws of neighbouring streams are uniform", () => {
  const numbers = random(3);
  let index = 0;
  const first = () => {
    numbers.restart(purpose.lead, index++);
    return numbers.next();
  };
  expect(mean(first)).toBeCloseTo(0.5, 1.7);
  expect(mean(() => first() ** 2)).toBeCloseTo(1 / 3, 1.7);
});

test("distributions have the mean that they promise", () => {
  const numbers = random(5);
  expect(mean(() => exponential(numbers, 4))).toBeCloseTo(4, 0.7);
  expect(mean(() => Math.log(logNormal(numbers, 10, 0.5)))).toBeCloseTo(Math.log(10), 1.5);
  expect(mean(() => (chance(numbers, 0.2) ? 1 : 0))).toBeCloseTo(0.2, 1.7);
});

test("a choice draws by weight", () => {
  const numbers = random(9);
  const fruit = choiceOf({ pear: 3, fig: 1, none: 0 });
  const drawn = Array.from({ length: draws }, () => draw(numbers, fruit));
  expect(drawn.filter((each) => each === "pear").length / draws).toBeCloseTo(0.75, 1.7);
  expect(drawn).not.toContain("none");
});
