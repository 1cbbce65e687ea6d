import { pino } from "pino";

/** JSON lines on standard output. Secrets are cut by path; messages never carry personal data. */
export const log = pino({
  level: process.env.LOG_LEVEL ?? "info",
  base: { service: process.env.WHEELHOUSE_PROCESS ?? "web" },
  redact: {
    paths: [
      "password",
      "*.password",
      "token",
      "*.token",
      "secret",
      "*.secret",
      "authorization",
      "*.authorization",
      "cookie",
      "*.cookie",
    ],
    censor: "[redacted]",
  },
});
