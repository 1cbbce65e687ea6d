// Lets Node itself load modules of ours that speak to Next, whose package names no entry points: next/headers is a file.
import { register } from "node:module";

const hooks = `export const resolve = (specifier, context, next) =>
  next(/^next\\/[a-z-]+$/.test(specifier) ? specifier + ".js" : specifier, context);`;

register(`data:text/javascript,${encodeURIComponent(hooks)}`);
