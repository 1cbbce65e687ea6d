import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const withDatabase = {
  environment: "node",
  globalSetup: ["tests/support/global-postgres.ts"],
  setupFiles: ["tests/support/each-database.ts"],
  testTimeout: 30_000,
  hookTimeout: 30_000,
};

export default defineConfig({
  resolve: { alias: { "@": at("."), "server-only": at("./tests/support/empty.ts") } },
  test: {
    // Projects that differ in it are refused when they share a group, so it stands here.
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: { name: "unit", include: ["tests/unit/**/*.test.{ts,tsx}"], environment: "node", testTimeout: 20_000 },
      },
      { extends: true, test: { name: "integration", include: ["tests/integration/**/*.test.ts"], ...withDatabase } },
      { extends: true, test: { name: "security", include: ["tests/security/**/*.test.ts"], ...withDatabase } },
    ],
  },
});
