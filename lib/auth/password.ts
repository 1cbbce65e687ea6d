import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";

// About 60 ms and 32 MB a guess.
const cost = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };

function derive(password: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password.normalize("NFKC"), salt, 32, cost, (error, key) => (error ? reject(error) : resolve(key)));
  });
}

/** The salted hash of a password, `scrypt$salt$key`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  return `scrypt$${salt.toString("base64url")}$${(await derive(password, salt)).toString("base64url")}`;
}

const nobodys = { salt: Buffer.alloc(16), key: Buffer.alloc(32) };

/** Whether the password fits the hash. Takes the same time without a hash, so that an unknown e-mail is not told apart. */
export async function verifyPassword(password: string, hash: string | null | undefined): Promise<boolean> {
  const [, salt, key] = hash?.split("$") ?? [];
  const known = salt && key ? { salt: Buffer.from(salt, "base64url"), key: Buffer.from(key, "base64url") } : nobodys;
  const given = await derive(password, known.salt);
  return timingSafeEqual(given, known.key) && known !== nobodys;
}
