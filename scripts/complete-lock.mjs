// Adds to package-lock.json the optional packages of other platforms that the registry in use did not offer.
//
// npm leaves such packages out of the lock, and `npm ci` then calls the lock out of step. Their versions stand in the
// lock itself, in the optionalDependencies of the packages that want them; npm skips them by system and processor.
// Run it after every `npm install`.
import { existsSync, readFileSync, utimesSync, writeFileSync } from "node:fs";

const systems = {
  aix: "aix",
  android: "android",
  darwin: "darwin",
  freebsd: "freebsd",
  linux: "linux",
  netbsd: "netbsd",
  openbsd: "openbsd",
  openharmony: "openharmony",
  sunos: "sunos",
  win32: "win32",
  windows: "win32",
};
const processors = ["x64", "arm64", "arm", "ia32", "ppc64", "riscv64", "s390x", "loong64", "mips64el", "wasm32"];

/** Whether a package at `from` finds `name` in the lock, looked up as Node does: from the inside out. */
function resolves(packages, from, name) {
  for (let folder = from; ; ) {
    if (packages[`${folder && `${folder}/`}node_modules/${name}`]) return true;
    if (folder === "") return false;
    const above = folder.lastIndexOf("/node_modules/");
    folder = above < 0 ? "" : folder.slice(0, above);
  }
}

/** The lock's entry for a package known only by its name and version. */
function entryFor(name, version, isDevelopment) {
  const words = name.split("/").pop().split("-");
  const system = words.map((word) => systems[word]).find(Boolean);
  const processor = processors.find((candidate) => words.includes(candidate));
  return {
    version,
    ...(processor && { cpu: [processor] }),
    ...(isDevelopment && { dev: true }),
    optional: true,
    ...(system && { os: [system] }),
  };
}

const lock = JSON.parse(readFileSync("package-lock.json", "utf8"));
const added = [];
for (const [path, { optionalDependencies = {}, dev }] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(optionalDependencies)) {
    if (!/^\d/.test(version) || resolves(lock.packages, path, name)) continue;
    lock.packages[`node_modules/${name}`] = entryFor(name, version, dev);
    added.push(name);
  }
}

if (added.length > 0) {
  const byPath = ([left], [right]) => (left < right ? -1 : 1);
  lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(byPath));
  writeFileSync("package-lock.json", `${JSON.stringify(lock, null, 2)}\n`);
  // Nothing that this machine could install has changed, so the installed packages are still up to date.
  const installed = "node_modules/.package-lock.json";
  if (existsSync(installed)) utimesSync(installed, new Date(), new Date());
}
console.log(`${added.length} packages added to package-lock.json`);
