import { launch } from "./install.mjs";

await launch("./platform/prepare.ts");
