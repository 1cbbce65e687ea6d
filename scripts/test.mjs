import { launch } from "./install.mjs";

await launch("./platform/test.ts");
