// Lets Node itself load modules of ours that speak to Next, whose package names no entry points (next/headers is a file),
// and messages, which the bundler takes without being told that they are JSON.
import { register } from "node:module";

const hooks = `export async function resolve(specifier, context, next) {
  const found = await next(/^next\\/[a-z-]+$/.test(specifier) ? specifier + ".js" : specifier, context);
  return specifier.endsWith(".json") ? { ...found, importAttributes: { type: "json" } } : found;
}
export async function load(url, context, next) {
  return next(url, url.endsWith(".json") ? { ...context, importAttributes: { type: "json" } } : context);
}`;

register(`data:text/javascript,${encodeURIComponent(hooks)}`);
