import type { Journey, JourneyRequest, JourneyTouch } from "../../src/contract/journey.ts";

const touch = (day: string, channel: string, kind: string, first: number, linear: number): JourneyTouch => ({
  type: "touch",
  at: `2026-11-${day}T10:00:00.000Z`,
  id: `T${day}`,
  kind,
  seen: kind === "impression",
  channel,
  source: "google",
  medium: "cpc",
  campaign: "Marca MX",
  shares: { first, linear },
});

/** An invented journey of two touches that earned, one that was only seen, and a deal. */
export const journeyOf = ({ name }: JourneyRequest): Journey => ({
  name,
  person: "P1",
  leads: [name],
  aliases: { person: 1, visitor: 2 },
  models: ["first", "linear"],
  outcome: "deal:D1",
  recorded: null,
  events: [
    touch("01", "paid_search", "click", 1, 0.5),
    touch("02", "display", "impression", 0, 0),
    touch("03", "email", "visit", 0, 0.5),
    { type: "outcome", at: "2026-11-03T11:00:00.000Z", kind: "lead", id: name, amount: null, currency: null },
    { type: "outcome", at: "2026-11-05T10:00:00.000Z", kind: "deal", id: "D1", amount: 1200, currency: "MXN" },
  ],
  cut: false,
});
