import { expect, test } from "vitest";
import { isSame } from "../../engine/same.ts";
import { isOurs, isSegments } from "./signature.ts";

const secret = "a secret";
const body = '{"userId":"u1","event":"Order"}';
const now = new Date("2025-11-23T10:12:00Z");
// By `openssl dgst -sha1 -hmac` and `openssl dgst -sha256 -hmac` of the body, with the time before it for ours.
const segments = "df798437ec087d33c9854fc3d2816524f43b6f6b";
const ours = "t=1763892720,v1=0a1df1fb4a2758f37abfea26a40d03875b6f118d8eef62283229a7791da8bd9c";

test("Segment's signature is that of the whole body", () => {
  expect(isSegments(segments, body, secret)).toBe(true);
  expect(isSegments(segments.toUpperCase(), body, secret)).toBe(true);
  expect(isSegments(segments, `${body} `, secret)).toBe(false);
  expect(isSegments(segments, body, "another")).toBe(false);
  expect(isSegments("", body, secret)).toBe(false);
});

test("ours holds for the body and the time that it names", () => {
  expect(isOurs(ours, body, secret, now)).toBe(true);
  expect(isOurs(ours, `${body} `, secret, now)).toBe(false);
  expect(isOurs(ours, body, "another", now)).toBe(false);
  expect(isOurs(ours.replace("1763892720", "1763892721"), body, secret, now)).toBe(false);
});

test.each([
  ["five minutes later", "2025-11-23T10:17:00Z", true],
  ["a second after that", "2025-11-23T10:17:01Z", false],
  ["by a clock that is behind", "2025-11-23T10:07:00Z", true],
  ["by one that is further behind", "2025-11-23T10:06:59Z", false],
])("ours %s", (_, at, holds) => expect(isOurs(ours, body, secret, new Date(at))).toBe(holds));

test.each(["", "t=1763892720", "v1=00", "t=x,v1=00"])("what is no signature is none: %j", (given) =>
  expect(isOurs(given, body, secret, now)).toBe(false),
);

test("secrets are the same or not", () => {
  expect([isSame("a", "a"), isSame("a", "b"), isSame("a", "")]).toEqual([true, false, false]);
});
