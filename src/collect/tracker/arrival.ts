import { clickIds } from "../../facts/channels/click-ids.ts";

/** Where the visitor came from, by the names that hidden fields of forms have. */
export type Arrival = Record<string, string>;

const campaigns = ["source", "medium", "campaign", "term", "content", "id"].map((name) => `utm_${name}`);

/** What the address of the page and of the one before say. */
export function arrivalNow(): Arrival {
  const arrival: Arrival = {};
  for (const [parameter, value] of new URLSearchParams(location.search)) {
    const name = parameter.toLowerCase();
    if (value && (campaigns.includes(name) || name in clickIds)) arrival[name] = value;
  }
  const { referrer } = document;
  if (referrer && new URL(referrer).host !== location.host) arrival["referrer"] = referrer;
  return arrival;
}
