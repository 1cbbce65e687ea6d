import { z } from "zod";

const schema = z.object({
  DATABASE_URL: z.string().min(1),
  DATABASE_OWNER_URL: z.string().optional(),
  DATABASE_QUEUE_URL: z.string().optional(),
  NEXTAUTH_SECRET: z.string().min(16),
  NEXTAUTH_URL: z.url().optional(),
  SMTP_URL: z.string().optional(),
  MAIL_FROM: z.string().default("Wheelhouse <wheelhouse@localhost>"),
  PORT: z.coerce.number().int().default(3000),
  LOG_LEVEL: z.string().default("info"),
});

export type Env = z.output<typeof schema>;

let cached: Env | undefined;

/** The validated settings of this process; throws one sentence that lists what is missing or wrong. */
export function env(): Env {
  if (cached) return cached;
  const parsed = schema.safeParse(process.env);
  if (!parsed.success) {
    const wrong = parsed.error.issues.map((issue) => issue.path.join(".")).join(", ");
    throw new Error(`Set these environment variables and start again: ${wrong}.`);
  }
  cached = parsed.data;
  return cached;
}

/** The origin that links in mails and redirects carry; never taken from a request header. */
export function publicOrigin(): string {
  return (env().NEXTAUTH_URL ?? `http://localhost:${env().PORT}`).replace(/\/$/, "");
}
