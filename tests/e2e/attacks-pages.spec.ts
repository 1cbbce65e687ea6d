import type { APIRequestContext } from "@playwright/test";
import pg from "pg";
import { newId } from "@/lib/identifiers";
import { type Busy, makeBusyWorkspace } from "../support/busy";
import { plantCanary } from "../support/canary";
import { makeSession } from "../support/factories";
import { rowsOfWorkspace } from "../support/foreign-rows";
import { expect, test } from "../support/page";
import { parametersOfReads, placesOf, written } from "../support/places";

const secret = "canary5d20b7aa";

let owner: pg.Client;
test.beforeAll(async () => {
  owner = new pg.Client({ connectionString: process.env.DATABASE_OWNER_URL });
  await owner.connect();
});
test.afterAll(() => owner.end());

type Reader = { name: string; cookie: string };

async function readersOf({ workspace, osc }: Busy): Promise<Reader[]> {
  const readers: Reader[] = [];
  for (const [name, userId] of [
    ["owner", workspace.owner.userId],
    ["osc", osc.userId],
  ] as const) {
    const session = await makeSession(userId);
    readers.push({ name, cookie: `${session.name}=${session.value}` });
  }
  return readers;
}

async function read(request: APIRequestContext, path: string, cookie: string, more: Record<string, string> = {}) {
  const answer = await request.get(path, { headers: { cookie, ...more }, maxRedirects: 0 });
  return { status: answer.status(), text: `${JSON.stringify(answer.headers())}\n${await answer.text()}` };
}

/** Asks with SQL in every parameter of every read of the screens, in every name in their paths, and on every page; what was wrong. */
async function injectEverywhere(request: APIRequestContext, slug: string, pages: string[], cookie: string) {
  const attacks = ["' or 1=1 --", "1)) or pg_sleep(5) is null--"];
  const reads = parametersOfReads();
  const first = attacks[0] ?? "";
  const all = new URLSearchParams(reads.flatMap(({ names }) => names).map((name) => [name, first]));
  const paths = reads.flatMap(({ route, names }) => {
    const filled = `/api/w/${slug}/${route.replaceAll(/\[\w+\]/g, newId())}`;
    const inPath = route.includes("[")
      ? [`/api/w/${slug}/${route.replaceAll(/\[\w+\]/g, encodeURIComponent(first))}`]
      : [];
    const inQuery = names.flatMap((name) =>
      attacks.map((attack) => `${filled}?${new URLSearchParams({ [name]: attack })}`),
    );
    return [...inPath, ...inQuery];
  });
  expect(paths.length).toBeGreaterThan(500);
  const wrong: string[] = [];
  for (const path of [...paths, ...pages.map((page) => `${page}?${all}`)]) {
    const begun = performance.now();
    const { status, text } = await read(request, path, cookie);
    if (status >= 500 || performance.now() - begun > 4_000 || /syntax error|PostgreSQL|22P02/i.test(text))
      wrong.push(`${path.slice(0, 120)} ${status}`);
  }
  return wrong;
}

test("T18, N11, I01: no page, flight or read of one workspace holds a word of another, a secret of its own, or takes a parameter for SQL", async ({
  request,
}) => {
  test.setTimeout(240_000);
  const [ours, theirs] = [await makeBusyWorkspace("Ours"), await makeBusyWorkspace("Theirs")];
  const [ourRows, theirRows] = [
    await rowsOfWorkspace(owner, ours.workspace.id),
    await rowsOfWorkspace(owner, theirs.workspace.id),
  ];
  const planted = await plantCanary(owner, theirs.workspace.id, secret, written);
  expect(planted.length).toBeGreaterThan(30);
  const hidden = await owner.query<{ text: string }>(
    `select secret_hash as text from api_keys where workspace_id = $1 union all select client_secret from oidc_connections where workspace_id = $1
     union all select token_hash from invitations where workspace_id = $1 union all select $2`,
    [ours.workspace.id, `hush-${ours.workspace.slug}-hush`],
  );
  const words = hidden.rows.map(({ text }) => text);
  const slug = ours.workspace.slug;
  const answered = new Set<string>();
  for (const { name, cookie } of await readersOf(ours)) {
    const own = placesOf(slug, ourRows);
    const named = placesOf(slug, theirRows).filter((path) => !own.includes(path));
    const foreign = [...named, ...placesOf(theirs.workspace.slug, theirRows)];
    // A page carries its flight; who sees most reads it by itself as well.
    const forms: Record<string, string>[] = name === "owner" ? [{}, { rsc: "1" }] : [{}];
    for (const path of own)
      for (const more of forms) {
        const { status, text } = await read(request, path, cookie, more);
        if (status === 200) answered.add(path);
        expect([name, path, text.includes(secret), words.filter((word) => text.includes(word))]).toEqual([
          name,
          path,
          false,
          [],
        ]);
        expect([path, status < 500]).toEqual([path, true]);
      }
    for (const path of foreign) {
      const { status, text } = await read(request, path, cookie);
      expect([name, path, text.includes(secret)]).toEqual([name, path, false]);
      expect([path, status < 500]).toEqual([path, true]);
      if (path.includes(theirs.workspace.slug))
        expect([name, path, [404, 405].includes(status)]).toEqual([name, path, true]);
    }
    for (const path of [
      `/api/w/${slug}/search?q=${secret}`,
      `/w/${slug}/customers?q=${secret}`,
      "/workspaces",
      "/sessions",
    ]) {
      const { text } = await read(request, path, cookie);
      expect([path, text.replaceAll(`q=${secret}`, "").includes(`${secret}-`)]).toEqual([path, false]);
    }
  }
  expect(answered.size).toBeGreaterThan(35);
  const [reader] = await readersOf(ours);
  const pages = placesOf(slug, ourRows).filter((path) => path.startsWith("/w/"));
  expect(await injectEverywhere(request, slug, pages, reader?.cookie ?? "")).toEqual([]);
  const [control] = await readersOf(theirs);
  const found = await read(request, `/w/${theirs.workspace.slug}/customers`, control?.cookie ?? "");
  expect([found.status, found.text.includes(secret)]).toEqual([200, true]);
});

test("P10, P16: the customer's own page tells her nothing of what was written about her, and looking at it changes nothing", async ({
  request,
}) => {
  const busy = await makeBusyWorkspace("Discreet");
  const inside =
    /^(interactions\.summary|customers\.(notes|segment|origin|flag)|tasks\.title|relays\.(question|answer)|persons\.role|journeys\.(need|lost_reason)|off_track_events\.\w+)$/;
  const planted = await plantCanary(owner, busy.workspace.id, secret, inside);
  expect(planted).toEqual(expect.arrayContaining(["interactions.summary", "tasks.title"]));
  const consents = () =>
    owner.query("select id, state from consents where workspace_id = $1 order by id", [busy.workspace.id]);
  const before = (await consents()).rows;
  const path = new URL(busy.link).pathname;
  for (const place of [path, `${path}/calendar.ics`, `${path}/photo`])
    for (const headers of [{}, { rsc: "1" }, { purpose: "prefetch" }] as Record<string, string>[]) {
      const answer = await request.get(place, { headers });
      expect(answer.status()).toBeLessThan(500);
      const text = await answer.text();
      expect([place, text.includes(secret)]).toEqual([place, false]);
      expect(text).not.toContain(busy.osc.userId);
    }
  expect((await consents()).rows).toEqual(before);
});

test.use({ expectedErrors: ["404"] });
