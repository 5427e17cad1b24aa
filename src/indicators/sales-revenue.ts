import { part } from "../engine/formula.ts";
import { grossRevenue, netRevenue, payments, refunds, wonDeals, wonValue } from "../facts/measures.ts";
import { indicator, variant } from "./definition.ts";

const net = { id: "net", title: "Net of refunds and tax", unit: "money", n: "sales", value: part("revenue") } as const;
const gross = {
  id: "gross",
  title: "Before refunds and tax",
  unit: "money",
  n: "sales",
  value: part("revenue"),
} as const;
const bookings = { revenue: wonValue, sales: wonDeals };

export const salesRevenue = indicator({
  id: "sales-revenue",
  title: "Sales revenue",
  description:
    "What was sold: bookings (won deals), or the billings, recognised revenue or cash that the workspace counts.",
  better: "higher",
  version: 1,
  variants: [
    variant({ ...net, basis: "revenue", parts: { revenue: netRevenue, sales: payments } }),
    variant({ ...net, basis: "bookings", parts: bookings }),
    variant({ ...gross, basis: "revenue", parts: { revenue: grossRevenue, sales: payments } }),
    variant({ ...gross, basis: "bookings", parts: bookings }),
    variant({
      id: "refunds",
      title: "Refunds and credit notes",
      unit: "money",
      better: "lower",
      parts: { refunds, sales: payments },
      value: part("refunds"),
      n: "sales",
    }),
  ],
});
