import { launch } from "./install.mjs";

await launch("./platform/test-journeys.ts");
