import * as fc from "fast-check";
import { renderToString } from "preact-render-to-string";
import { describe, expect, test } from "vitest";
import { paperTheme } from "./theme.ts";
import { extentOf, Waterfall, type Step } from "./waterfall.tsx";

const steps: Step[] = [
  { id: "meta", difference: -3, tone: "bad" },
  { id: "email", difference: 1, tone: "good" },
  { id: "others", difference: 0.5, tone: "noise" },
];
const draw = (before: number, after: number, all = steps) =>
  renderToString(<Waterfall before={before} after={after} steps={all} rowHeight={32} theme={paperTheme} />);
const boxes = (svg: string, role: string): [number, number][] =>
  [...svg.matchAll(new RegExp(`data-role="${role}" x="([^"]+)"[^>]*? width="([^"]+)"`, "g"))].map(([, x, width]) => [
    Number(x),
    Number(width),
  ]);

describe("a waterfall", () => {
  test("on a scale from zero, worked by hand: four to two and a half on 0..4", () => {
    const svg = draw(10, 8.5);
    expect(extentOf({ before: 10, after: 8.5, steps })).toEqual({ low: 6, high: 11, isCut: true });
    const near = draw(4, 2.5);
    expect(extentOf({ before: 4, after: 2.5, steps })).toEqual({ low: 0, high: 4, isCut: false });
    expect(boxes(near, "bad")).toEqual([[25, 75]]);
    expect(boxes(near, "good")).toEqual([[25, 25]]);
    expect(near).toMatch(/<rect data-role="value" x="0" y="8" height="16" width="100"/);
    expect(svg).not.toMatch(/<rect data-role="value"/);
  });

  test("is drawn the same every time", () => {
    expect(draw(4, 2.5)).toMatchInlineSnapshot(
      `"<svg class="waterfall" width="100%" height="160" viewBox="0 0 100 160" preserveAspectRatio="none" aria-hidden="true" focusable="false"><path d="M0,0V160" stroke="#d9dee6" vector-effect="non-scaling-stroke"></path><path d="M25,0V160" stroke="#d9dee6" vector-effect="non-scaling-stroke"></path><path d="M50,0V160" stroke="#d9dee6" vector-effect="non-scaling-stroke"></path><path d="M75,0V160" stroke="#d9dee6" vector-effect="non-scaling-stroke"></path><path d="M100,0V160" stroke="#d9dee6" vector-effect="non-scaling-stroke"></path><path d="M100,16V48" stroke="#566072" vector-effect="non-scaling-stroke"></path><path d="M25,48V80" stroke="#566072" vector-effect="non-scaling-stroke"></path><path d="M50,80V112" stroke="#566072" vector-effect="non-scaling-stroke"></path><path d="M62.5,112V144" stroke="#566072" vector-effect="non-scaling-stroke"></path><rect data-role="value" x="0" y="8" height="16" width="100" fill="#2b59c8"></rect><rect data-role="bad" x="25" y="40" width="75" height="16" fill="#b3261e" stroke="#b3261e" stroke-width="1.25" vector-effect="non-scaling-stroke"></rect><rect data-role="good" x="25" y="72" width="25" height="16" fill="#0b7a5c" stroke="#0b7a5c" stroke-width="1.25" vector-effect="non-scaling-stroke"></rect><rect data-role="noise" x="50" y="104" width="12.5" height="16" fill="#ffffff" stroke="#566072" stroke-width="1.25" vector-effect="non-scaling-stroke"></rect><rect data-role="value" x="0" y="136" height="16" width="62.5" fill="#2b59c8"></rect></svg>"`,
    );
  });

  test("draws no nonsense, and every step, whatever the values", () => {
    const difference = fc.integer({ min: -1_000_000, max: 1_000_000 }).map((thousandths) => thousandths / 1000);
    const tone = fc.constantFrom("good" as const, "bad" as const, "noise" as const);
    const some = fc.array(fc.record({ id: fc.uuid(), difference, tone }), { maxLength: 7 });
    fc.assert(
      fc.property(difference, some, (before, all) => {
        const after = all.reduce((sum, step) => sum + step.difference, before);
        const svg = draw(before, after, all);
        expect(svg).not.toMatch(/NaN|Infinity|undefined|width="-/);
        expect(svg.match(/data-role="(good|bad|noise)"/g) ?? []).toHaveLength(all.length);
        for (const [x, width] of [...boxes(svg, "good"), ...boxes(svg, "bad")])
          expect(x >= -0.1 && x + width <= 100.2).toBe(true);
      }),
      { seed: 11 },
    );
  });
});
