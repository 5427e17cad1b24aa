import { renderToString } from "preact-render-to-string";
import { describe, expect, test } from "vitest";
import type { Point } from "../series.ts";
import { Bars } from "./bars.tsx";
import { Bullet } from "./bullet.tsx";
import type { Mark, TrendProps } from "./frame.tsx";
import { Line, startsAtZero } from "./line.tsx";
import { SizeBar } from "./size-bar.tsx";
import { Spark } from "./spark.tsx";
import { paperTheme } from "./theme.ts";

const months = ["nov", "dic", "ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov"];

const marksOf = (values: (number | null)[], changes: Partial<Mark> = {}): Mark[] =>
  values.map((value, index) => ({
    label: `${months[index % 12]} ${index}`,
    tick: months[index % 12] ?? "",
    year: index === 0 ? "2025" : "",
    value,
    observed: null,
    interval: null,
    previous: null,
    goal: null,
    incomplete: index === values.length - 1,
    ...changes,
  }));

const usual = [480, 470, 490, 510, 530, 500, 460, 450, 470, 490, 500, 490, 300];
const props = (marks: Mark[], width = 720): TrendProps => ({
  id: "t",
  marks,
  width,
  height: 260,
  theme: paperTheme,
  format: String,
});
const attributes = (svg: string, role: string, name: string): number[] =>
  [...svg.matchAll(new RegExp(`data-role="${role}"[^>]*? ${name}="([^"]*)"`, "g"))].map(([, value]) => Number(value));

const drawings = { Bars, Line };
const cases: [string, Mark[]][] = [
  ["usual", marksOf(usual, { goal: 456, previous: 450 })],
  ["negative", marksOf([-0.4, 0.2, null, 1.4, -0.1])],
  ["with gaps", marksOf([null, 2, null, null, 4, 5])],
  ["with estimates", marksOf([0.2, 0.3, 0.25], { observed: 0.1, interval: [0.15, 0.5] })],
  ["with intervals", marksOf([0.2, 0.3, 0.25], { interval: [0.1, 0.5] })],
  ["without values", marksOf([null, null])],
  ["empty", []],
  ["all zero", marksOf([0, 0, 0])],
  ["single", marksOf([7])],
];

describe.each(Object.entries(drawings))("%s", (_, Drawing) => {
  test.each(cases)("draws no nonsense: %s", (_name, marks) => {
    const svg = renderToString(<Drawing {...props(marks)} />);
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
    expect(svg).not.toMatch(/(width|height)="-/);
    expect(svg).not.toContain("style=");
  });

  test("hides from those who hear the page, which has a table for them", () => {
    expect(renderToString(<Drawing {...props(marksOf(usual))} />)).toContain('aria-hidden="true"');
  });

  test.each([280, 390, 720, 1100])("keeps the names under the axis apart at %i px", (width) => {
    const svg = renderToString(<Drawing {...props(marksOf(usual), width)} />);
    const time = svg.slice(svg.indexOf('class="time"'));
    const places = [...time.matchAll(/<text x="([\d.]+)" y="241">(\w+)</g)].map(([, x, text]) => ({
      x: Number(x),
      half: (text?.length ?? 0) * 3.4,
    }));
    expect(places.length).toBeGreaterThan(2);
    places.slice(1).forEach(({ x, half }, index) => {
      const before = places[index];
      expect(x - half).toBeGreaterThan((before?.x ?? 0) + (before?.half ?? 0));
    });
  });
});

describe("Bars", () => {
  const svg = renderToString(<Bars {...props(marksOf(usual, { goal: 456, previous: 450 }))} />);

  test("stand on zero", () => {
    const tops = attributes(svg, "actual", "y");
    const heights = attributes(svg, "actual", "height");
    const feet = new Set(tops.map((top, index) => Math.round((top + (heights[index] ?? 0)) * 10) / 10));
    expect([...feet]).toEqual([226]);
  });

  test("draw every period, the unfinished one hatched", () => {
    expect(attributes(svg, "actual", "x")).toHaveLength(12);
    expect(attributes(svg, "incomplete", "x")).toHaveLength(1);
    expect(svg).toMatch(/data-role="incomplete"[^>]*fill="url\(#t-hatch\)"/);
  });

  test("outline the goal and lighten what is compared", () => {
    expect(svg).toMatch(/data-role="goal"[^>]*fill="none"/);
    expect(svg).toMatch(new RegExp(`data-role="previous"[^>]*fill="${paperTheme.previous}"`));
  });
});

test.each(Object.entries(drawings))(
  "%s: an estimate is open like an unfinished period, and shows what was seen of it",
  (_, Drawing) => {
    const marks = marksOf([0.2, 0.3, 0.25, 0.3]).map((mark, index) => ({
      ...mark,
      observed: index === 2 ? 0.1 : null,
    }));
    const svg = renderToString(<Drawing {...props(marks)} />);
    expect(svg.match(/<(rect|circle)[^>]*data-role="incomplete"/g)).toHaveLength(2);
    expect(svg.match(new RegExp(`data-role="observed"[^>]*fill="${paperTheme.previous}"`, "g"))).toHaveLength(1);
  },
);

describe("Line", () => {
  test("dashes what is unfinished to a hollow point", () => {
    const svg = renderToString(<Line {...props(marksOf(usual))} />);
    expect(svg).toMatch(/data-role="incomplete"[^>]*stroke-dasharray/);
    expect(svg).toMatch(new RegExp(`<circle[^>]*data-role="incomplete"[^>]*fill="${paperTheme.surface}"`));
  });

  test("marks an axis that does not start at zero", () => {
    const far = marksOf([0.9, 0.91, 0.92]);
    expect(startsAtZero(far)).toBe(false);
    expect(renderToString(<Line {...props(far)} />)).toContain('data-role="break"');
    expect(renderToString(<Line {...props(marksOf([0.1, 0.9]))} />)).not.toContain('data-role="break"');
  });
});

describe("the small ones", () => {
  const points: Point[] = usual.map((value, index) => ({
    period: `${index}`,
    value,
    observed: null,
    n: null,
    interval: null,
    incomplete: index === 12,
  }));

  test("a spark dashes its unfinished end", () => {
    const svg = renderToString(<Spark points={points} width={300} height={40} theme={paperTheme} />);
    expect(svg).toMatch(/data-role="incomplete"[^>]*stroke-dasharray/);
    expect(svg).toContain('data-role="open-end"');
  });

  test("a spark of nothing is empty", () => {
    expect(renderToString(<Spark points={[]} width={300} height={40} theme={paperTheme} />)).not.toMatch(/NaN|path/);
  });

  test("a bullet and a size bar start at zero and stay inside", () => {
    const bullet = renderToString(<Bullet value={1200} goal={1000} width={300} height={12} theme={paperTheme} />);
    expect(attributes(bullet, "actual", "width")[0]).toBeLessThanOrEqual(300);
    expect(renderToString(<Bullet value={-5} goal={10} width={300} height={12} theme={paperTheme} />)).not.toMatch(
      /="-\d/,
    );
    expect(renderToString(<SizeBar value={0} most={0} theme={paperTheme} />)).not.toMatch(/NaN/);
    const hollow = renderToString(<SizeBar value={0} most={5} isHollow theme={paperTheme} />);
    expect(hollow).toMatch(new RegExp(`data-role="hollow"[^>]*width="0"[^>]*fill="${paperTheme.surface}"`));
  });
});
