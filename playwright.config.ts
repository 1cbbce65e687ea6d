import { defineConfig } from "@playwright/test";
import { findBrowser } from "./scripts/platform/browser";

const executablePath = findBrowser();

/**
 * What the browser has of its own and no test asks for. It stands in place of Playwright's list, which it repeats as far as it
 * matters here; the last two draw what an address bar nobody sees would suggest, two thirds of what opening a page costs.
 */
const withoutFeatures = [
  "AvoidUnnecessaryBeforeUnloadCheckSync",
  "DestroyProfileOnBrowserClose",
  "HttpsUpgrades",
  "HttpsFirstBalancedModeAutoEnable",
  "LensOverlay",
  "MediaRouter",
  "PaintHolding",
  "ThirdPartyStoragePartitioning",
  "OptimizationHints",
  "NetworkTimeServiceQuerying",
  "AimEnabled",
  "PreconnectToSearch",
  "WebUIOmniboxPopup",
  "WebUIOmniboxAimPopup",
];

const report = process.env.PLAYWRIGHT_JSON_OUTPUT_FILE;
const isRoot = process.getuid?.() === 0;

export default defineConfig({
  testDir: "tests/e2e",
  globalSetup: "./tests/support/e2e-servers.ts",
  // One more than the machine has cores: a journey waits for others as often as it works.
  workers: 3,
  fullyParallel: false,
  timeout: 45_000,
  expect: { timeout: 10_000 },
  forbidOnly: Boolean(process.env.CI),
  // What is measured has the machine to itself; what takes long begins next, what comes in many small pieces fills the workers last.
  projects: [
    { name: "measured", testMatch: "speed.spec.ts" },
    { name: "trouble", testMatch: "trouble.spec.ts", dependencies: ["measured"] },
    {
      name: "journeys",
      testIgnore: ["speed.spec.ts", "trouble.spec.ts", "screens.spec.ts"],
      dependencies: ["measured"],
    },
    { name: "screens", testMatch: "screens.spec.ts", dependencies: ["measured"] },
  ],
  reporter: report ? [["line"], ["json", { outputFile: report }]] : "line",
  use: {
    baseURL: process.env.WHEELHOUSE_ORIGIN,
    locale: "en-GB",
    // A trace of every test costs a fifth of the run; what a failed page showed is told without one.
    trace: process.env.WHEELHOUSE_TRACE ? "retain-on-failure" : "off",
    screenshot: "only-on-failure",
    launchOptions: {
      ...(executablePath && { executablePath }),
      chromiumSandbox: !isRoot,
      // Nothing of the browser's own business may reach the network or cost the two cores time.
      args: [
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        `--disable-features=${withoutFeatures.join(",")}`,
      ],
    },
  },
});
