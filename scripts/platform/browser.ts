import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chromium } from "@playwright/test";
import { Advice } from "./advice";

/** The Chromium to test with: CHROMIUM_PATH, the system's, else Playwright's own; null when there is none. */
export function findBrowser(): string | null {
  const places = [
    process.env.CHROMIUM_PATH,
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
    chromium.executablePath(),
  ];
  return places.find((path) => path && existsSync(path)) ?? null;
}

/** Gets a Chromium where there is none: Debian's package as root, else Playwright's own. Throws `Advice` when it cannot. */
export function ensureBrowser(): void {
  if (findBrowser()) return;
  if (process.getuid?.() === 0 && existsSync("/etc/debian_version")) {
    execute("apt-get", ["update", "-qq"]);
    execute("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-liberation"]);
  } else {
    execute(process.execPath, ["node_modules/@playwright/test/cli.js", "install", "chromium"]);
  }
  if (!findBrowser()) throw new Advice("There is no Chromium to test with: install one, or set CHROMIUM_PATH to it.");
}

function execute(program: string, args: string[]): void {
  spawnSync(program, args, { stdio: "inherit", env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } });
}
