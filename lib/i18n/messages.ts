import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Locale } from "./locales";

export type Messages = Record<string, Record<string, unknown>>;

const read = new Map<Locale, Messages>();

/** Every message of a language; each file of lib/messages is a namespace. Read once per process in production. */
export function messagesOf(locale: Locale): Messages {
  const known = read.get(locale);
  if (known && process.env.NODE_ENV === "production") return known;
  const folder = join(process.cwd(), "lib/messages", locale);
  const files = readdirSync(folder).filter((file) => file.endsWith(".json"));
  const messages = Object.fromEntries(
    files.map((file) => [file.slice(0, -5), JSON.parse(readFileSync(join(folder, file), "utf8"))]),
  );
  read.set(locale, messages);
  return messages;
}
