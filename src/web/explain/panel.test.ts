import { expect, test } from "vitest";
import { evidenceIn } from "../../locales/evidence.ts";
import { mathText } from "./Panel.tsx";

const spanish = { language: "es", locale: "es-ES", currency: "EUR" } as const;

test.each([
  ["11 ÷ 60 = 0.1833 so far; 0.3728 expected by day 90", "11 ÷ 60 = 0,1833 hasta ahora; 0,3728 esperado al día 90"],
  ["107 ÷ 1520 = 0.0704", "107 ÷ 1.520 = 0,0704"],
])("%s is told as %s", (math, told) => {
  expect(mathText(spanish, evidenceIn("es").math, math)).toBe(told);
});
