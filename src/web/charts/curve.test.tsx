import { renderToString } from "preact-render-to-string";
import { expect, test } from "vitest";
import { CurveChart, type CurvePoint } from "./curve.tsx";
import { paperTheme } from "./theme.ts";

const draw = (points: CurvePoint[], window = 40) =>
  renderToString(
    <CurveChart
      points={points}
      window={window}
      width={240}
      height={134}
      theme={paperTheme}
      format={(value) => `${Math.round(value * 100)} %`}
      formatAge={String}
    />,
  );

const points: CurvePoint[] = [
  { age: 0, value: 0, interval: [0, 0] },
  { age: 10, value: 0.2, interval: [0.1, 0.3] },
  { age: 30, value: 0.4, interval: [0.2, 0.6] },
];

test("each value holds until the next age", () => {
  const [, path = ""] = /data-role="curve" d="([^"]+)"/.exec(draw(points)) ?? [];
  const heights = path
    .slice(1)
    .split("L")
    .map((place) => Number(place.split(",")[1]));
  expect(heights).toHaveLength(5);
  expect([heights[0], heights[2], heights[4]]).toEqual([heights[1], heights[3], heights[4]]);
  expect(heights[4]).toBeLessThan(heights[2] ?? 0);
});

test("the share's axis starts at zero", () => {
  expect(draw(points)).toContain(">0 %<");
});

test.each([[[]], [[{ age: 0, value: 0, interval: [0, 0] as [number, number] }]], [points]])(
  "draws no nonsense of %j",
  (some) => {
    expect(draw(some)).not.toMatch(/NaN|Infinity|undefined/);
    expect(draw(some, 0)).not.toMatch(/NaN|Infinity|undefined/);
  },
);
