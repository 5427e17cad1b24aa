import { describe, expect, test } from "vitest";
import { formatDay, formatMonthName, formatPeriod, formatSpan, formatTick } from "./dates.ts";
import {
  formatCounted,
  formatMoney,
  formatNumber,
  formatSigned,
  formatValue,
  localeFor,
  type Place,
} from "./format.ts";

const shown = (text: string): string => text.replaceAll("\u00a0", "⍽");

const places: Record<string, Place> = {
  "es-ES": { language: "es", locale: "es-ES", currency: "EUR" },
  "es-MX": { language: "es", locale: "es-MX", currency: "MXN" },
  "es-CO": { language: "es", locale: "es-CO", currency: "COP" },
  "en-US": { language: "en", locale: "en-US", currency: "USD" },
};

const placeOf = (locale: string): Place => places[locale] ?? { language: "es", locale, currency: "EUR" };

/** One row for each locale: what a native reads. */
const table = [
  [
    "es-ES",
    "1.234,5",
    "9.876",
    "1.234.568⍽€",
    "1.234.568⍽US$",
    "1,23⍽M⍽€",
    "12,3⍽%",
    "3 sept 2026",
    "sept 2026",
    "1–29 sept 2026",
  ],
  [
    "es-MX",
    "1,234.5",
    "9,876",
    "$1,234,568",
    "USD⍽1,234,568",
    "$1.23⍽M",
    "12.3%",
    "3 sep 2026",
    "sep 2026",
    "1–29 de sep de 2026",
  ],
  [
    "es-CO",
    "1.234,5",
    "9.876",
    "$⍽1.234.568",
    "US$⍽1.234.568",
    "$1,23⍽M",
    "12,3%",
    "3/09/2026",
    "sept de 2026",
    "1/09/2026 a 29/09/2026",
  ],
  [
    "en-US",
    "1,234.5",
    "9,876",
    "$1,234,568",
    "$1,234,568",
    "$1.23M",
    "12.3%",
    "Sep 3, 2026",
    "Sep 2026",
    "Sep 1⍽–⍽29, 2026",
  ],
] as const;

describe.each(table)("in %s", (locale, decimal, thousands, money, foreign, compact, percent, day, month, range) => {
  const place = placeOf(locale);
  const whole = {
    style: "currency",
    useGrouping: "always",
    minimumFractionDigits: 0,
    maximumFractionDigits: 0,
  } as const;

  test("numbers", () => {
    expect(shown(formatValue(place, 1234.5, "count", "exact"))).toBe(decimal);
    expect(shown(formatValue(place, 9876, "count"))).toBe(thousands);
  });

  test("money", () => {
    expect(
      shown(formatNumber(locale, 1_234_568, { ...whole, currency: place.currency, currencyDisplay: "narrowSymbol" })),
    ).toBe(money);
    expect(shown(formatNumber(locale, 1_234_568, { ...whole, currency: "USD", currencyDisplay: "symbol" }))).toBe(
      foreign,
    );
    expect(shown(formatMoney(place, 1_234_568, "tile"))).toBe(compact);
  });

  test("shares", () => {
    expect(shown(formatValue(place, 0.123, "ratio"))).toBe(percent);
  });

  test("dates", () => {
    expect(shown(formatDay(place, "2026-09-03"))).toBe(day);
    expect(shown(formatPeriod(place, "2026-09-01", "month"))).toBe(month);
    expect(shown(formatSpan(place, { from: "2026-09-01", to: "2026-09-30" }))).toBe(range);
  });
});

describe("traps", () => {
  const mexico = placeOf("es-MX");

  test("compact money has no idle decimals", () => {
    expect(shown(formatMoney(mexico, 500_000, "tile"))).toBe("$500⍽k");
    expect(shown(formatMoney(mexico, 0, "axis"))).toBe("$0");
  });

  test("a thousand million is never a billion in Spanish", () => {
    expect(
      shown(
        formatNumber("es-ES", 1_234_500_000, {
          notation: "compact",
          minimumFractionDigits: 0,
          maximumFractionDigits: 1,
        }),
      ),
    ).toBe("1234,5⍽M");
  });

  test("negative numbers have a minus, not a hyphen", () => {
    expect(formatValue(mexico, -0.123, "ratio")).toBe("−12.3%");
    expect(formatMoney(mexico, -1200, "tile")).toBe("−$1,200");
    expect(formatSigned(mexico, -1.2, { minimumFractionDigits: 1, maximumFractionDigits: 1 })).toBe("−1.2");
  });

  test("spaces are the same in Node and in browsers", () => {
    expect(formatSpan(placeOf("en-US"), { from: "2026-09-03", to: "2026-10-05" })).not.toMatch(/[\u2009\u202f]/);
  });

  test("zero has no sign", () => {
    expect(formatValue(mexico, -0, "count")).toBe("0");
  });

  test("tiles keep three digits of what is large, and exact values keep all", () => {
    expect(shown(formatMoney(mexico, 1_419_880.05, "tile"))).toBe("$1.42⍽M");
    expect(formatMoney(mexico, 1_419_880.05, "exact")).toBe("$1,419,880.05");
    expect(formatMoney(mexico, 25.414, "tile")).toBe("$25.41");
    expect(formatValue(mexico, 14.512, "ratio")).toBe("1,451%");
  });
});

test("days, multiples and counted things are told in words", () => {
  const spain = placeOf("es-ES");
  expect(shown(formatValue(spain, 1, "days"))).toBe("1⍽día");
  expect(shown(formatValue(spain, 6.4, "days"))).toBe("6,4⍽días");
  expect(formatValue(spain, 3.24, "multiple")).toBe("3,2×");
  expect(formatCounted(spain, { one: "{count} fila", other: "{count} filas" }, 1)).toBe("1 fila");
});

test("periods have names", () => {
  const spain = placeOf("es-ES");
  expect(formatPeriod(spain, "2026-10-01", "quarter")).toBe("T4 2026");
  expect(formatTick(spain, "2026-10-01", "quarter")).toBe("T4");
  expect(formatMonthName(spain, "2026-11-01")).toBe("Noviembre");
  expect(formatSpan(spain, { from: "2026-11-01", to: "2026-12-01" })).toBe("nov 2026");
});

test("the locale is the company's where it is of the reader's language", () => {
  expect(localeFor("es", "es-CO")).toBe("es-CO");
  expect(localeFor("en", "es-CO")).toBe("en-US");
  expect(localeFor("en", "en-GB")).toBe("en-GB");
});
