import * as fc from "fast-check";
import { renderToString } from "preact-render-to-string";
import { expect, test } from "vitest";
import { textWidth } from "./frame.tsx";
import { paperTheme } from "./theme.ts";
import { WhiskerMap, type MapPoint } from "./whisker-map.tsx";

const draw = (points: readonly MapPoint[], named = true) =>
  renderToString(
    <WhiskerMap
      points={points}
      middle={{ x: 1, y: 0.3 }}
      quadrants={["one", "two", "three", "four"]}
      axes={{ x: "a week", y: "won" }}
      formats={{ x: String, y: String }}
      named={named}
      width={980}
      height={460}
      theme={paperTheme}
    />,
  );

const point = (name: string, x: number, y: number, more: Partial<MapPoint> = {}): MapPoint => ({
  name,
  href: `/reps/${name}`,
  x,
  y,
  xInterval: [x * 0.8, x * 1.2],
  yInterval: [y * 0.8, y * 1.2],
  hollow: false,
  strong: false,
  ...more,
});

test("by hand: on 0 to 2 and 0 to 0.5, all are where they are, and the lines where all together are", () => {
  const svg = draw([point("Ana", 1.5, 0.4, { xInterval: [1, 2], yInterval: [0.3, 0.5] })]);
  // The plot is 46 to 966 wide and 420 down to 26 high.
  expect(svg).toContain('cx="736" cy="104.8"');
  expect(svg).toContain('d="M506,104.8H966M736,183.6V26"');
  expect(svg).toContain('data-role="middle" x1="506" x2="506"');
  expect(svg).toContain('data-role="middle" x1="46" x2="966" y1="183.6"');
});

test("who has few cases is hollow, who stands out is strong, and a small map names nobody else", () => {
  const points = [point("Ana", 1, 0.3, { hollow: true }), point("Luis", 1.8, 0.1, { strong: true })];
  const svg = draw(points, false);
  expect(svg).toMatch(/<title>Ana<\/title><circle [^>]*fill="#ffffff"/);
  expect(svg).toMatch(/<title>Luis<\/title><circle [^>]*fill="#2b59c8"/);
  expect(svg).toMatch(/<text [^>]*font-weight="600"[^>]*>Luis<\/text>/);
  expect(svg).not.toContain(">Ana</text>");
});

test("every point is there, nothing is no number, and no name stands over another or outside", () => {
  const value = fc.double({ min: 0, max: 5, noNaN: true });
  const drawn = fc.array(fc.tuple(value, fc.double({ min: 0, max: 1, noNaN: true })), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(drawn, (all) => {
      const points = all.map(([x, y], i) => point(`Rep number ${i}`, x, y));
      const svg = draw(points);
      expect(svg).not.toMatch(/NaN|Infinity|undefined/);
      expect(svg.match(/<circle/g)).toHaveLength(points.length);
      const names = [...svg.matchAll(/<text x="([\d.]+)" y="([\d.]+)"[^>]*>(Rep number \d+)</g)].map(
        ([, x, y, text]) => ({
          left: Number(x),
          right: Number(x) + textWidth(text ?? ""),
          top: Number(y) - 9,
          bottom: Number(y),
        }),
      );
      for (const one of names) {
        expect(one.left).toBeGreaterThanOrEqual(46);
        expect(one.right).toBeLessThanOrEqual(967);
        for (const other of names)
          if (one !== other)
            expect(
              one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom,
            ).toBe(false);
      }
    }),
    { numRuns: 40 },
  );
});
