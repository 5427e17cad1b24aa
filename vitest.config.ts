import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{src,test,bench}/**/*.test.{ts,tsx}"],
    setupFiles: ["test/zone.ts"],
    pool: "forks",
    testTimeout: 20_000,
    hookTimeout: 120_000,
    reporters: ["default", ["json", { outputFile: "node_modules/.cache/tests.json" }]],
  },
});
