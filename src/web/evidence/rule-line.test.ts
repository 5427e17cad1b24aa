import { expect, test } from "vitest";
import type { PreviewLine } from "../../contract/score.ts";
import { dictionaryOf } from "../../locales/index.ts";
import type { Place } from "../format.ts";
import { lineText, stepName } from "./rule-line.ts";

const spanish: Place = { language: "es", locale: "es-MX", currency: "MXN" };
const english: Place = { language: "en", locale: "en-US", currency: "MXN" };
const told = (place: Place, line: Pick<PreviewLine, "asks" | "atMost">): string =>
  lineText(dictionaryOf(place.language), place, {
    part: "fit",
    line: 1,
    says: "segment mediana or pequeña",
    leads: 0,
    points: 0,
    decisive: 0,
    ...line,
  });

test("a line of the rule is told in the reader's language", () => {
  const fits = { asks: [{ name: "segment", values: ["mediana", "pequeña"] }], atMost: null };
  expect(told(spanish, fits)).toBe("Segmento: mediana o pequeña");
  expect(told(english, fits)).toBe("Segment: mediana or pequeña");
  const does = {
    asks: [
      { name: "kind", values: ["visit", "email_open"] },
      { name: "page", values: ["/precios*"] },
      { name: "channel", values: ["paid_search"] },
    ],
    atMost: 5,
  };
  expect(told(spanish, does)).toBe(
    "Visita o Correo abierto · Página: /precios* · Canal: Búsqueda pagada · los 5 últimos",
  );
  expect(told(english, does)).toBe("Visit or E-mail opened · Page: /precios* · Channel: Paid search · the latest 5");
});

test("a line that asks for nothing, of one touch, and a name that no language knows", () => {
  expect(told(spanish, { asks: [], atMost: 1 })).toBe("Cualquier contacto · sólo el último");
  expect(stepName(dictionaryOf("es"), spanish, "form", "demo")).toBe("demo");
});
