import { beforeAll, expect, test } from "vitest";
import { endpoints } from "@/lib/api/routes";
import { database, inWorkspace } from "@/lib/db";
import { makeKey } from "@/lib/keys/secret";
import { serve } from "@/lib/server/api";
import { toPublicError } from "@/lib/server/result";

// Nobody listens there.
beforeAll(() => {
  process.env.DATABASE_URL = "postgresql://nobody:nothing@127.0.0.1:1/none";
});

test("A09 while the database is away every door says so, and none opens", async () => {
  const headers = { authorization: `Bearer ${makeKey("acme").text}`, "content-type": "application/json" };
  const ask = (method: string, path: string, body: string | null = null) =>
    serve(endpoints)(new Request(`http://localhost/api/v1${path}`, { method, headers, body }));
  const answers = await Promise.all([
    ask("GET", "/customers"),
    ask("GET", "/members"),
    ask("GET", "/events"),
    ask("POST", "/customers", JSON.stringify({ persons: [{ name: "Ada Abara" }] })),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([503, 503, 503, 503]);
  for (const answer of answers) {
    expect(answer.headers.get("content-type")).toContain("problem+json");
    expect(await answer.text()).not.toMatch(/127\.0\.0\.1|ECONNREFUSED|postgres/i);
  }
  const entered = inWorkspace(crypto.randomUUID(), () => database().customer.count());
  expect(await entered.catch((error: unknown) => toPublicError(error))).toMatchObject({ code: "unavailable" });
});
