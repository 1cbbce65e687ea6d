import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const withDatabase = {
  environment: "node" as const,
  globalSetup: ["tests/support/global-postgres.ts"],
  setupFiles: ["tests/support/each-database.ts"],
  testTimeout: 30_000,
  hookTimeout: 30_000,
};

/** Files that set the environment, which a process reads once. */
const alone = "tests/**/*.alone.test.ts";

export default defineConfig({
  resolve: { alias: { "@": at("."), "server-only": at("./tests/support/empty.ts") } },
  test: {
    // Projects that differ in it are refused when they share a group, so it stands here.
    maxWorkers: 2,
    // Files of one worker share what they load; loading it for each took a fifth of the run.
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["tests/unit/**/*.test.{ts,tsx}"],
          environment: "node",
          testTimeout: 20_000,
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: "integration",
          include: ["tests/integration/**/*.test.ts"],
          exclude: [alone],
          isolate: false,
          ...withDatabase,
        },
      },
      {
        extends: true,
        test: {
          name: "security",
          include: ["tests/security/**/*.test.ts"],
          exclude: [alone],
          isolate: false,
          ...withDatabase,
        },
      },
      { extends: true, test: { name: "alone", include: [alone], ...withDatabase } },
    ],
  },
});
