import { launch } from "./install.mjs";

await launch("./platform/start.ts");
