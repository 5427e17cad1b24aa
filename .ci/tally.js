// Prints `N passed, N failed` from the report of the tests. Fails where one failed or none ran.
import { existsSync, readFileSync } from "node:fs";

const path = process.argv[2];
const files = existsSync(path) ? JSON.parse(readFileSync(path, "utf8")).testResults : [];
const outcomes = files.flatMap((file) => file.assertionResults.map((test) => test.status));
const count = (...wanted) => outcomes.filter((status) => wanted.includes(status)).length;

// A file that could not be read has no tests of its own to fail.
const broken = files.filter(
  (file) => file.status === "failed" && file.assertionResults.every((test) => test.status !== "failed"),
);
const passed = count("passed");
const failed = count("failed") + broken.length;
const skipped = count("skipped", "pending", "todo", "disabled");

console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
