import { launch } from "./install.mjs";

await launch("./platform/run.ts");
