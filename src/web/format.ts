import type { Unit } from "../contract/answer.ts";
import { dictionaryOf, fill, type Language } from "../locales/index.ts";

/** How a value reads: its unit, or a multiple such as 3.2× for returns that are told that way. */
export type Kind = Unit | "multiple" | "plain";

/** `tile` keeps three significant digits, `exact` keeps what is known, `axis` is as short as can be. */
export type Style = "tile" | "exact" | "axis";

export interface Place {
  language: Language;
  locale: string;
  currency: string;
}

/** Forms of a text by plural category; `other` is always there. */
export type Forms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>;

const numberFormats = new Map<string, Intl.NumberFormat>();
const minus = "\u2212";
const noBreak = "\u00a0";

/** What Node and Chromium spell differently (thin spaces, hyphens for minus) made the same. */
const tidy = (text: string): string =>
  text.replace(/[\u2009\u202f]/g, noBreak).replace(/-(?=[\d\p{Sc}]|\p{Lu}{2,3})/gu, minus);

/** A number in a locale; formatters are built once for each locale and options. */
export function formatNumber(locale: string, value: number, options: Intl.NumberFormatOptions = {}): string {
  const key = locale + JSON.stringify(options);
  let formatter = numberFormats.get(key);
  if (formatter === undefined) numberFormats.set(key, (formatter = new Intl.NumberFormat(locale, options)));
  return tidy(formatter.format(Object.is(value, -0) ? 0 : value));
}

const digits = (minimumFractionDigits: number, maximumFractionDigits = minimumFractionDigits) => ({
  minimumFractionDigits,
  maximumFractionDigits,
  useGrouping: "always" as const,
});

const compact: Intl.NumberFormatOptions = {
  notation: "compact",
  minimumSignificantDigits: 1,
  maximumSignificantDigits: 3,
};

/** Above this, tiles and axes say thousands and millions in short. */
const shortFrom = { tile: 100_000, axis: 10_000, exact: Infinity };

function countOptions(value: number, style: Style): Intl.NumberFormatOptions {
  if (Math.abs(value) >= shortFrom[style]) return compact;
  return Number.isInteger(value) || style === "axis" ? digits(0, 2) : digits(0, 1);
}

function moneyOptions(value: number, style: Style): Intl.NumberFormatOptions {
  if (Math.abs(value) >= shortFrom[style]) return compact;
  if (style === "axis") return digits(0, Math.abs(value) < 10 ? 2 : 0);
  return style === "exact" || Math.abs(value) < 100 ? { useGrouping: "always" } : digits(0);
}

const shareOptions = (value: number, style: Style): Intl.NumberFormatOptions => {
  if (style === "axis") return digits(0, 1);
  return digits(style === "tile" && Math.abs(value) >= 9.995 ? 0 : 1);
};

/** Money in a currency; the company's own has its short sign, any other says which it is. */
export function formatMoney(place: Place, value: number, style: Style, currency = place.currency): string {
  const currencyDisplay = currency === place.currency ? "narrowSymbol" : "symbol";
  return formatNumber(place.locale, value, {
    style: "currency",
    currency,
    currencyDisplay,
    ...moneyOptions(value, style),
  });
}

/** A value as people read it. */
export function formatValue(
  place: Place,
  value: number,
  kind: Kind,
  style: Style = "tile",
  currency?: string | null,
): string {
  const { locale, language } = place;
  if (kind === "money") return formatMoney(place, value, style, currency ?? place.currency);
  if (kind === "ratio") return formatNumber(locale, value, { style: "percent", ...shareOptions(value, style) });
  if (kind === "multiple")
    return fill(dictionaryOf(language).units.multiple, { value: formatNumber(locale, value, digits(1)) });
  if (kind === "days") return formatDays(place, value, style);
  return formatNumber(locale, value, countOptions(value, style));
}

function formatDays(place: Place, value: number, style: Style): string {
  const number = formatNumber(place.locale, value, digits(0, Math.abs(value) < 1 ? 2 : 1));
  if (style === "axis") return number;
  return fill(pluralOf(place.language, dictionaryOf(place.language).units.days, value), { value: number }).replace(
    " ",
    noBreak,
  );
}

/** A signed share or number, as changes are told. */
export const formatSigned = (place: Place, value: number, options: Intl.NumberFormatOptions): string =>
  formatNumber(place.locale, value, { signDisplay: "exceptZero", ...options });

const pluralRules = new Map<string, Intl.PluralRules>();

/** The form of a text that a number asks for. */
export function pluralOf(language: Language, forms: Forms, count: number): string {
  let rules = pluralRules.get(language);
  if (rules === undefined) pluralRules.set(language, (rules = new Intl.PluralRules(language)));
  return forms[rules.select(count)] ?? forms.other;
}

/** A counted thing in words: the right form with its number in place. */
export const formatCounted = (place: Place, forms: Forms, count: number): string =>
  fill(pluralOf(place.language, forms, count), { count: formatNumber(place.locale, count, digits(0)) });

/** The locale of numbers and dates: the company's own where it is of the reader's language. */
export function localeFor(language: Language, workspaceLocale: string): string {
  if (workspaceLocale.split("-")[0] === language) return workspaceLocale;
  return language === "es" ? "es-ES" : "en-US";
}
