import { expect, test } from "vitest";
import { arrivalOf, campaignIn, plainAddress } from "./address.ts";

test.each([
  ["https://a.example/x?email=ana@example.com#top", "https://a.example/x"],
  ["https://ana:secret@a.example/x", "https://a.example/x"],
  ["https://a.example/people/ana@example.com/edit", "https://a.example/people/(email)/edit"],
  ["https://a.example/people/ana%40example.com", "https://a.example/people/(email)"],
  ["android-app://com.google.android.gm/", "android-app:"],
  ["nonsense", undefined],
  [undefined, undefined],
])("%s is kept as %s", (address, kept) => expect(plainAddress(address)).toBe(kept));

test("a campaign is read from the address", () => {
  const address =
    "https://a.example/?utm_source=google&utm_medium=cpc&utm_campaign=Oto%C3%B1o&utm_term=crm&utm_content=a1&fbclid=F1&gclid=G1";
  expect(campaignIn(address)).toEqual({
    source: "google",
    medium: "cpc",
    campaign: "Otoño",
    term: "crm",
    content: "a1",
    click_id: "gclid:G1",
  });
  expect(campaignIn("https://a.example/?ScCid=S1&UTM_SOURCE=snap&utm_source=other&gclid=")).toEqual({
    source: "snap",
    click_id: "sccid:S1",
  });
  expect(campaignIn("https://a.example/?utm_id=77&utm_source=")).toEqual({ campaign: "77" });
  expect(campaignIn("https://a.example/?utm_term=ana@example.com")).toEqual({ term: "(email)" });
});

test("a page of the site itself sends nobody", () => {
  const url = "https://a.example/b";
  const page = { landing_page: url };
  expect(arrivalOf({ url, referrer: "https://a.example/a" }, [])).toEqual(page);
  expect(arrivalOf({ url, referrer: "https://shop.example/a" }, ["https://shop.example"])).toEqual(page);
  expect(arrivalOf({ url, referrer: "https://b.example/a?q=1" }, [])).toEqual({
    ...page,
    referrer: "https://b.example/a",
  });
});
