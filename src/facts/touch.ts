import { derived, instant, money, oneOf, required, table, text } from "../engine/table.ts";

/** A contact of a person (or a not yet known visitor) with the company: an ad seen, a click, a visit, a call. */
export const touch = table("touch", {
  key: ["touch_id"],
  columns: {
    touch_id: required(text),
    occurred_at: required(instant),
    kind: required(
      oneOf(
        "impression",
        "click",
        "visit",
        "page",
        "form",
        "email_open",
        "email_click",
        "call",
        "meeting",
        "event",
        "chat",
      ),
    ),
    person_id: text,
    visitor: text,
    channel: text,
    /** The rule that gave the channel, where no source does. */
    channel_rule: derived(text),
    source: text,
    medium: text,
    campaign: text,
    ad: text,
    term: text,
    content: text,
    landing_page: text,
    url: text,
    referrer: text,
    form: text,
    event: text,
    country: text,
    device: text,
    click_id: text,
    value: money,
  },
});
