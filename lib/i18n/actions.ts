"use server";

import { cookies } from "next/headers";
import { understood } from "../server/arrivals";
import { locales, themes } from "./locales";

const oneYear = 365 * 24 * 60 * 60;

async function keep(name: string, value: string, allowed: readonly string[]): Promise<void> {
  understood();
  if (!allowed.includes(value)) return;
  (await cookies()).set(name, value, { maxAge: oneYear, sameSite: "lax", path: "/" });
}

/** Remembers the language of the screens in this browser. */
export async function setLocale(locale: string): Promise<void> {
  await keep("locale", locale, locales);
}

/** Remembers the theme in this browser. */
export async function setTheme(theme: string): Promise<void> {
  await keep("theme", theme, themes);
}

/** Remembers how dense the rows are in this browser. */
export async function setDensity(density: string): Promise<void> {
  await keep("density", density, ["comfortable", "compact"]);
}
