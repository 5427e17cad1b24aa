import { expect, test } from "vitest";
import { openVisits } from "./visits.ts";

const minute = 60_000;
const noon = Date.parse("2026-11-23T12:00:00Z");
const from = { address: "192.0.2.1", agent: "Firefox" };
const who = { from };

test("a visit goes on until its visitor pauses for half an hour", () => {
  const visits = openVisits();
  const first = visits.of("www", who, {}, noon);
  const second = visits.of("www", who, {}, noon + 30 * minute);
  const third = visits.of("www", who, {}, noon + 61 * minute);
  expect([first.begins, second.begins, third.begins]).toEqual([true, false, true]);
  expect(second.visit.name).toBe(first.visit.name);
  expect(third.visit.name).not.toBe(first.visit.name);
});

test("who comes by another campaign begins another visit, who goes on without one does not", () => {
  const visits = openVisits();
  const begins = [{ source: "a" }, { source: "a" }, {}, { source: "b" }].map(
    (arrival) => visits.of("www", who, arrival, noon).begins,
  );
  expect(begins).toEqual([true, false, false, true]);
});

test("visitors are apart by site, address and agent", () => {
  const visits = openVisits();
  const names = [
    visits.of("www", who, {}, noon),
    visits.of("shop", who, {}, noon),
    visits.of("www", { from: { ...from, address: "192.0.2.2" } }, {}, noon),
    visits.of("www", { from: { ...from, agent: "Chrome" } }, {}, noon),
    visits.of("www", { id: "v1" }, {}, noon),
  ].map(({ visit }) => visit.name);
  expect(new Set(names).size).toBe(5);
  expect(names[4]).toBe("v1");
});

test("without an id nobody is known beyond the day; with one they are", () => {
  const visits = openVisits();
  const midnight = Date.parse("2026-11-24T00:00:00Z");
  const last = visits.of("www", who, {}, midnight - 1);
  expect(visits.of("www", who, {}, midnight).visit.name).not.toBe(last.visit.name);
  expect(visits.of("www", { id: "v1" }, {}, midnight - 1).begins).toBe(true);
  expect(visits.of("www", { id: "v1" }, {}, midnight).begins).toBe(false);
});

test("nothing that is kept of a visitor can be made again from their address", () => {
  const names = [openVisits(), openVisits()].map((visits) => visits.of("www", who, {}, noon).visit.name);
  expect(names[0]).not.toBe(names[1]);
});

test("more than 120 events in a minute, or 5,000 in a day, are a flood", () => {
  const visits = openVisits();
  const floods = Array.from({ length: 121 }, (_, nth) => visits.of("www", who, {}, noon + nth).flood);
  expect(floods.indexOf(true)).toBe(120);
  expect(visits.of("www", who, {}, noon + minute).flood).toBe(false);
  const slow = Array.from({ length: 5001 }, (_, nth) => visits.of("www", { id: "k" }, {}, noon + nth * 1000).flood);
  expect(slow.indexOf(true)).toBe(5000);
});

test("who agrees in the middle of a visit takes it with them, once", () => {
  const visits = openVisits();
  const { visit } = visits.of("www", who, { source: "google" }, noon);
  visit.first = { touch_id: "www:1", visitor: visit.name };
  const agreed = visits.of("www", { id: "v1", from }, {}, noon + minute);
  expect([agreed.begins, agreed.visit.arrival]).toEqual([false, { source: "google" }]);
  expect(agreed.claimed).toEqual({ touch_id: "www:1", visitor: "v1" });
  expect(visits.of("www", { id: "v2", from }, {}, noon + minute)).toMatchObject({ begins: true });
  expect(visits.of("www", { id: "v1", from }, {}, noon + minute).claimed).toBeUndefined();
});

test("a visit that is over, or by another campaign, is nobody's to take", () => {
  for (const [arrival, later] of [
    [{}, 31],
    [{ source: "bing" }, 1],
  ] as const) {
    const visits = openVisits();
    visits.of("www", who, { source: "google" }, noon).visit.first = { touch_id: "www:1" };
    const found = visits.of("www", { id: "v1", from }, arrival, noon + later * minute);
    expect([found.begins, found.claimed]).toEqual([true, undefined]);
  }
});
