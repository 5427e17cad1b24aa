import { choice } from "./random.ts";

export interface Product {
  readonly name: string;
  /** Euros a month of an average contract with a company of reference size. */
  readonly price: number;
  /** Euros a month of one seat. */
  readonly seat: number;
  readonly weight: number;
}

/** What the company sells. */
export const products = {
  crm: { name: "Nubia CRM", price: 212, seat: 29, weight: 45 },
  facturas: { name: "Nubia Facturas", price: 148, seat: 19, weight: 35 },
  talento: { name: "Nubia Talento", price: 262, seat: 24, weight: 20 },
} as const satisfies Record<string, Product>;

export const anyProduct = choice<Product>(Object.values(products), (product) => product.weight);

/** Cost of the product itself, as a share of its price without tax: 1 − the gross margin. */
export const productCost = 0.22;
