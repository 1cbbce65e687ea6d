import { createHash, randomInt } from "node:crypto";

const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** 40 of 62 characters: 238 random bits. */
const secretLength = 40;
const checksumLength = 6;

const form = new RegExp(
  `^wh_([a-z0-9][a-z0-9-]{0,62})_([0-9A-Za-z]{${secretLength}})([0-9A-Za-z]{${checksumLength}})$`,
);

const sha256 = (text: string) => createHash("sha256").update(text).digest();

/** Six characters over the rest of the key, so that a mistyped one is refused without asking the database. */
function checksum(text: string): string {
  const digest = sha256(text);
  return Array.from({ length: checksumLength }, (_, index) => alphabet[(digest[index] ?? 0) % alphabet.length]).join(
    "",
  );
}

/** What the database keeps of a key. */
export function hashKey(text: string): string {
  return sha256(text).toString("hex");
}

/** A new key of the workspace, `wh_<slug>_<secret><checksum>`; only its hash and its last four characters are kept. */
export function makeKey(slug: string): { text: string; secretHash: string; tail: string } {
  const secret = Array.from({ length: secretLength }, () => alphabet[randomInt(alphabet.length)]).join("");
  const text = `wh_${slug}_${secret}${checksum(`wh_${slug}_${secret}`)}`;
  return { text, secretHash: hashKey(text), tail: text.slice(-4) };
}

/** The workspace a key names and its hash; null for what is no key of ours. */
export function parseKey(text: string): { slug: string; secretHash: string } | null {
  const match = form.exec(text);
  if (!match) return null;
  const [, slug = "", secret = "", sum] = match;
  return checksum(`wh_${slug}_${secret}`) === sum ? { slug, secretHash: hashKey(text) } : null;
}
