import { choiceOf } from "./random.ts";

export type Currency = "EUR" | "USD" | "MXN";
export type Region = "es" | "latam";
export type CountryCode = "ES" | "MX" | "CO" | "AR" | "CL" | "PE";

/** Where leads come from. */
export const countries = choiceOf<CountryCode>({ ES: 62, MX: 14, CO: 9, AR: 6, CL: 5, PE: 4 });

export const regionOf = (country: CountryCode): Region => (country === "ES" ? "es" : "latam");

/** Share of the leads by region. */
export const regionShares: Readonly<Record<Region, number>> = { es: 0.62, latam: 0.38 };

const euros = choiceOf<Currency>({ EUR: 1 });

/** The currency in which a country's companies are quoted. */
export const currencies = {
  ES: euros,
  MX: choiceOf<Currency>({ MXN: 75, USD: 25 }),
  CO: choiceOf<Currency>({ USD: 80, EUR: 20 }),
  AR: choiceOf<Currency>({ USD: 85, EUR: 15 }),
  CL: choiceOf<Currency>({ USD: 70, EUR: 30 }),
  PE: choiceOf<Currency>({ USD: 80, EUR: 20 }),
};

/** Price lists abroad: units of the currency for a euro of the Spanish list. */
export const priceList: Readonly<Record<Currency, number>> = { EUR: 1, USD: 1.1, MXN: 19 };

/** Value-added tax on an invoice; software sold abroad carries none. */
export const taxRate = (country: CountryCode): number => (country === "ES" ? 0.21 : 0);
