import { expect } from "vitest";

// Every file of tests runs in a zone of its own, the same one each time: nothing may lean on the machine's zone.
const zones = ["America/Bogota", "Asia/Kolkata", "Pacific/Auckland", "Europe/Madrid"];
const file = expect.getState().testPath?.split("/").at(-1) ?? "";
const sum = file.split("").reduce((total, letter) => total + letter.charCodeAt(0), 0);

process.env["TZ"] = process.env["TEST_ZONE"] ?? zones[sum % zones.length];
