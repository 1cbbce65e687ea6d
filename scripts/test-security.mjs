import { launch } from "./install.mjs";

await launch("./platform/test-security.ts");
