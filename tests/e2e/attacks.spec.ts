import { readdirSync, readFileSync } from "node:fs";
import { createServer, type IncomingHttpHeaders, request as send } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { join } from "node:path";
import { systemContext } from "@/lib/auth/context";
import { providerKey, secretPurpose } from "@/lib/auth/oidc";
import { seal } from "@/lib/auth/secret";
import { databaseTransaction, inWorkspace } from "@/lib/db";
import { newId } from "@/lib/identifiers";
import { createKey } from "@/lib/keys/commands";
import { customerLink } from "@/lib/links/commands";
import { projectRoot } from "../../scripts/platform/project";
import { makeMember, makeSession, type TestWorkspace } from "../support/factories";
import { expect, test } from "../support/page";
import { contextOf, makeCustomer } from "../support/story";

type Sent = { method?: string; headers?: Record<string, string>; body?: string | Buffer; from?: string };
type Answer = { status: number; headers: IncomingHttpHeaders; text: string };

/** Sends one request over a connection of its own, from an address of this machine, with any header. */
function ask(origin: string, path: string, { method = "GET", headers = {}, body, from }: Sent = {}): Promise<Answer> {
  const { port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const local = from ? { localAddress: from } : {};
    const options = { host: "127.0.0.1", port, path, method, headers, agent: false, ...local };
    const request = send(options as Parameters<typeof send>[1] & object, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(chunks).toString(),
        }),
      );
      response.on("error", reject);
    });
    request.on("error", reject);
    request.end(body);
  });
}

/** Sends bytes as they are and answers what came back within a second and a half. */
function raw(origin: string, text: string): Promise<string> {
  const { port } = new URL(origin);
  return new Promise((resolve) => {
    let answer = "";
    const socket = connect(Number(port), "127.0.0.1", () => socket.write(text));
    socket.on("data", (chunk) => {
      answer += chunk.toString("latin1");
    });
    socket.on("error", () => resolve(answer));
    socket.on("close", () => resolve(answer));
    socket.setTimeout(1_500, () => socket.destroy());
  });
}

const cookieOf = async (userId: string) => {
  const { name, value } = await makeSession(userId);
  return `${name}=${value}`;
};

const keyOf = async ({ id }: TestWorkspace) => {
  const ctx = await systemContext(id, { roles: ["owner"] });
  return (await inWorkspace(id, () => createKey(ctx, { name: "attacks", role: "manager" }))).secret;
};

/** The path of a customer's own page, which really opens. */
async function customerPathOf(workspace: TestWorkspace): Promise<string> {
  const osc = await makeMember(workspace);
  const ctx = await contextOf(workspace, osc, new Date());
  const { customerId } = await makeCustomer(ctx, osc);
  const { address } = await inWorkspace(workspace.id, () => customerLink(ctx, { customerId }));
  return new URL(address).pathname;
}

const insidePaths = [
  "home",
  "customers",
  "board",
  "inbox",
  "overview",
  "settings",
  "settings/members",
  "settings/keys",
];
const readPaths = ["customers", "search?q=ab", "people", "templates", "views", "board", "events", "imports"];

let origin: string;
test.beforeEach(({ baseURL }) => {
  origin = baseURL ?? "";
});

test("A04: thirty failures close the door for the address they came from, whatever it writes into headers, and for no other", async () => {
  const attempt = async (from: string, spoofed: string) => {
    const csrf = await ask(origin, "/api/auth/csrf", { from });
    const { csrfToken } = JSON.parse(csrf.text) as { csrfToken: string };
    const cookie = (csrf.headers["set-cookie"] ?? []).map((each) => each.split(";")[0]).join("; ");
    const body = new URLSearchParams({ csrfToken, json: "true", email: `${spoofed}@example.test`, password: "wrong" });
    const headers = {
      cookie,
      "content-type": "application/x-www-form-urlencoded",
      "x-forwarded-for": spoofed,
      "x-real-ip": spoofed,
      forwarded: `for=${spoofed}`,
    };
    return (await ask(origin, "/api/auth/callback/credentials", { method: "POST", headers, body: `${body}`, from }))
      .status;
  };
  const statuses: number[] = [];
  for (let index = 0; index < 31; index++) statuses.push(await attempt("127.0.0.9", `198.51.100.${index}`));
  expect(statuses.slice(0, 30)).toEqual(Array(30).fill(401));
  expect(statuses[30]).toBe(429);
  expect(await attempt("127.0.0.8", "127.0.0.9")).toBe(401);
});

test("N01: a header that speaks of middleware or of a page's parts opens nothing", async ({ workspace }) => {
  const names = ["middleware", "src/middleware", "pages/_middleware", "proxy", "src/proxy"];
  const values = names.flatMap((name) => [name, Array(5).fill(name).join(":")]);
  const headers: Record<string, string>[] = [
    ...values.map((value) => ({ "x-middleware-subrequest": value })),
    { rsc: "1" },
    { rsc: "1", "next-router-prefetch": "1" },
    { rsc: "1", "next-router-segment-prefetch": "/_tree" },
    { "x-nextjs-data": "1" },
    { "x-middleware-prefetch": "1" },
    { "x-matched-path": `/w/${workspace.slug}/home` },
    { "x-invoke-path": `/w/${workspace.slug}/home`, "x-invoke-status": "200" },
  ];
  const inside = insidePaths.map((path) => `/w/${workspace.slug}/${path}`);
  const reads = readPaths.map((path) => `/api/w/${workspace.slug}/${path}`);
  const { name, email, memberId } = workspace.owner;
  const words = [workspace.name, workspace.id, name, email, memberId];
  for (const header of headers)
    for (const path of [...inside, ...reads, `${inside[0]}.rsc`, `${inside[0]}?_rsc=1`]) {
      const { status, text } = await ask(origin, path, { headers: header });
      expect([path, header, words.filter((word) => text.includes(word))]).toEqual([path, header, []]);
      expect([path, header, status, status < 500]).toEqual([path, header, status, true]);
      expect([path, header, /"(rows|data|hits|people)":/.test(text)]).toEqual([path, header, false]);
    }
});

type Manifest = { node: Record<string, unknown>; edge: Record<string, unknown>; encryptionKey: string };
const manifest = () =>
  JSON.parse(readFileSync(join(projectRoot, ".next/server/server-reference-manifest.json"), "utf8")) as Manifest;

test("N04: no action does anything without a session, with another workspace's name, or under a name that is none", async ({
  workspace,
  otherWorkspace,
}) => {
  const ids = Object.keys(manifest().node);
  expect(ids.length).toBeGreaterThan(40);
  const cookie = await cookieOf(workspace.owner.userId);
  const call = (id: string, args: unknown[], headers: Record<string, string>) =>
    ask(origin, "/sign-in", {
      method: "POST",
      headers: {
        "next-action": id,
        "content-type": "text/plain;charset=UTF-8",
        origin,
        host: new URL(origin).host,
        ...headers,
      },
      body: JSON.stringify(args),
    });
  for (const id of ids) {
    for (const headers of [{}, { cookie }] as Record<string, string>[]) {
      const { status, text } = await call(id, [otherWorkspace.slug, {}], headers);
      expect([id, status < 500, text.includes('"ok":true')]).toEqual([id, true, false]);
      expect(text).not.toContain(otherWorkspace.name);
    }
  }
  for (const id of ["x", "0".repeat(42), "../../etc/passwd", `${ids[0]}0`, "constructor", "__proto__"])
    expect([id, [400, 404, 409].includes((await call(id, [], {})).status)]).toEqual([id, true]);
});

test("N02: of a payload that no page of ours would send comes nothing, and the server goes on", async ({
  workspace,
}) => {
  const [id = ""] = Object.keys(manifest().node);
  const boundary = "----wheelhouse";
  const part = (name: string, value: string) =>
    `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
  const shapes = [
    part("0", '{"then":"$1:__proto__:then","status":"resolved_model","reason":-1,"value":"{\\"then\\":\\"$B0\\"}"}') +
      part("1", '"$@0"'),
    part("0", '["$1:constructor:constructor"]') + part("1", "{}"),
    part("0", '["$Q1","$W2","$i3","$K4"]') + part("1", "[[1,2]]"),
    part("0", '["$F1"]') +
      part("1", '{"id":"child_process#execSync","bound":["$@2"]}') +
      part("2", '"touch /tmp/owned"'),
    part("$ACTION_REF_1", "") +
      part("$ACTION_1:0", '{"id":"vm#runInThisContext","bound":"$@1"}') +
      part("$ACTION_1:1", "[]"),
    part("0", "[".repeat(20_000)),
    // The action is one of ours, its arguments are not.
    part("$ACTION_REF_1", "") + part("$ACTION_1:0", `{"id":"${id}","bound":"$@1"}`) + part("$ACTION_1:1", "["),
    "not multipart at all",
  ];
  const cookie = await cookieOf(workspace.owner.userId);
  const customerPath = await customerPathOf(workspace);
  for (const path of [
    customerPath,
    "/",
    "/sign-in",
    "/forgot",
    "/c/nobody",
    "/c/survey/nobody",
    "/c/offer/nobody",
    `/w/${workspace.slug}/home`,
    "/docs/api",
    "/nowhere",
  ])
    for (const shape of shapes)
      for (const action of [id, "x", ""]) {
        const headers: Record<string, string> = {
          "content-type": `multipart/form-data; boundary=${boundary}`,
          origin,
          cookie,
        };
        if (action) headers["next-action"] = action;
        const { status, text } = await ask(origin, path, {
          method: "POST",
          headers: { ...headers, host: new URL(origin).host },
          body: `${shape}--${boundary}--\r\n`,
        });
        const isRefused = (status >= 400 && status < 500) || (action === id && !text.includes('"ok":true'));
        expect([path, action, shape.slice(0, 90), status < 500, isRefused]).toEqual([
          path,
          action,
          shape.slice(0, 90),
          true,
          true,
        ]);
        expect(text).not.toMatch(/execSync|runInThisContext/);
      }
  expect(readdirSync("/tmp")).not.toContain("owned");
  const at = performance.now();
  expect((await ask(origin, "/livez")).status).toBe(200);
  expect(performance.now() - at).toBeLessThan(1_000);
});

test("N05: a form of another site that names a customer's real page is refused before the page is opened", async ({
  workspace,
}) => {
  const path = await customerPathOf(workspace);
  const state = () =>
    databaseTransaction(workspace.id, async (db) => ({
      contacts: await db.interaction.count({ where: { workspaceId: workspace.id } }),
      links: await db.customerLink.findMany({ where: { workspaceId: workspace.id } }),
    }));
  const before = await state();
  const forms = [
    { "content-type": "application/x-www-form-urlencoded" },
    { "content-type": "multipart/form-data; boundary=x" },
    { "content-type": "text/plain" },
  ];
  for (const place of [path, `${path}/calendar.ics`, `${path}/photo`])
    for (const form of forms)
      for (const foreign of ["https://evil.test", "null"]) {
        const headers = { ...form, origin: foreign, host: new URL(origin).host };
        const { status } = await ask(origin, place, { method: "POST", headers, body: "text=hello" });
        expect([place.replace(path, ""), form, status]).toEqual([place.replace(path, ""), form, 403]);
      }
  expect(await state()).toEqual(before);
  expect((await ask(origin, path)).status).toBe(200);
});

test("N07, N14: no host, absolute address or upgrade makes the server ask or name another place", async ({
  workspace,
}) => {
  let hits = 0;
  const canary = createServer((_request, response) => {
    hits += 1;
    response.end("canary");
  });
  await new Promise<void>((resolve) => canary.listen(0, "127.0.0.1", resolve));
  const target = `127.0.0.1:${(canary.address() as AddressInfo).port}`;
  try {
    for (const host of ["evil.test", target, "localhost:1@evil.test"])
      for (const path of [
        "/",
        `/w/${workspace.slug}/home`,
        "/api/auth/signin",
        "/api/auth/session",
        "/workspaces",
        "/sign-in",
      ]) {
        const headers = {
          host,
          "x-forwarded-host": host,
          "x-forwarded-proto": "https",
          "x-original-url": `http://${target}/`,
        };
        const { status, headers: answered, text } = await ask(origin, path, { headers });
        expect([host, path, status < 500, String(answered.location ?? "").includes(host)]).toEqual([
          host,
          path,
          true,
          false,
        ]);
        expect(text.includes(`//${host}`), `${host} ${path}`).toBe(false);
      }
    const lines = (first: string, ...more: string[]) => [first, ...more, "", ""].join("\r\n");
    const requests = [
      lines(`GET http://${target}/ HTTP/1.1`, `Host: ${target}`, "Connection: close"),
      lines(`GET http://${target}/ HTTP/1.1`, "Host: localhost", "Connection: Upgrade", "Upgrade: websocket"),
      lines(
        "GET / HTTP/1.1",
        `Host: ${target}`,
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
      ),
      lines(`GET //${target}/ HTTP/1.1`, "Host: localhost", "Connection: close"),
      lines(`GET /_next/../../${target} HTTP/1.1`, "Host: localhost", "Connection: close"),
      lines(`CONNECT ${target} HTTP/1.1`, `Host: ${target}`),
      lines(`GET @${target}/ HTTP/1.1`, "Host: localhost", "Connection: close"),
      lines(
        "GET / HTTP/1.1",
        "Host: localhost",
        "Content-Length: 5",
        "Transfer-Encoding: chunked",
        "Connection: close",
      ),
    ];
    for (const request of requests) {
      const answer = await raw(origin, request);
      expect([request.slice(0, 40), answer.includes("canary")]).toEqual([request.slice(0, 40), false]);
      expect(answer.startsWith("HTTP/1.1 101")).toBe(false);
    }
    for (const url of [
      `http://${target}/x.png`,
      "http://169.254.169.254/latest",
      "//evil.test/x.svg",
      "file:///etc/passwd",
      "/icon.svg",
    ]) {
      const { status } = await ask(origin, `/_next/image?url=${encodeURIComponent(url)}&w=640&q=75`);
      expect([`N08 ${url}`, status >= 400 && status < 500]).toEqual([`N08 ${url}`, true]);
    }
    expect(hits).toBe(0);
    expect((await ask(origin, "/livez")).status).toBe(200);
  } finally {
    canary.close();
    canary.closeAllConnections();
  }
});

test("N08: the optimizer of pictures serves nobody", async () => {
  const { status } = await ask(origin, `/_next/image?url=${encodeURIComponent("/wheel.png")}&w=640&q=75`);
  expect(status >= 400 && status < 500).toBe(true);
});

test("N09: what is too large or too slow is turned away and keeps nobody else waiting", async ({ workspace }) => {
  const key = await keyOf(workspace);
  const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
  const slow = Array.from({ length: 30 }, () => {
    const socket = connect(Number(new URL(origin).port), "127.0.0.1", () => {
      const head = Object.entries({ host: "localhost", "content-length": "1000", ...headers }).map(
        ([name, value]) => `${name}: ${value}`,
      );
      socket.write(`POST /api/v1/customers HTTP/1.1\r\n${head.join("\r\n")}\r\n\r\n{`);
    });
    socket.on("error", () => undefined);
    return socket;
  });
  const begun = Date.now();
  const large = await ask(origin, "/api/v1/customers", {
    method: "POST",
    headers,
    body: Buffer.alloc(50_000_000, 32),
  }).catch(() => null);
  expect([413, undefined]).toContain(large?.status); // or the connection is cut before all of it was sent
  expect(Date.now() - begun).toBeLessThan(3_000);
  const waits: number[] = [];
  for (let index = 0; index < 40; index++) {
    const at = performance.now();
    expect((await ask(origin, "/api/v1/customers", { headers })).status).toBe(200);
    waits.push(performance.now() - at);
  }
  expect(waits.sort((a, b) => a - b)[37]).toBeLessThan(1_000);
  for (const socket of slow) socket.destroy();
});

test("N09: a page, an action and the sign-in take a megabyte whose length is said before; garbage is its sender's mistake", async () => {
  const ids = Object.keys(manifest().node);
  const posts = [
    ...ids.map((id) => ["/sign-in", "text/plain;charset=UTF-8", id] as const),
    ["/sign-in", "multipart/form-data; boundary=x", ""],
    ["/c/unknown", "application/x-www-form-urlencoded", ""],
    ["/livez", "text/plain", ""],
    ["/api/auth/callback/credentials", "application/x-www-form-urlencoded", ""],
    ["/api/auth/signin/x", "application/json", ""],
  ] as const;
  const limit = 1_048_576;
  for (const [path, type, id] of posts) {
    const headers = { origin, "content-type": type, ...(id ? { "next-action": id } : {}) };
    const post = (size: number, more: Record<string, string> = {}) => {
      const body = Buffer.alloc(size, 97);
      return ask(origin, path, { method: "POST", headers: { ...headers, ...more }, body }).catch(() => null);
    };
    const at = performance.now();
    expect([path, [413, undefined].includes((await post(limit + 1))?.status)]).toEqual([path, true]);
    expect([path, (await post(2_000, { "transfer-encoding": "chunked" }))?.status]).toEqual([path, 411]);
    const garbage = await post(limit / 4);
    expect([path, (garbage?.status ?? 500) < 500]).toEqual([path, true]);
    expect(performance.now() - at).toBeLessThan(2_000);
  }
  for (const type of ["application/json", "multipart/form-data; boundary=x"]) {
    const headers = { origin, "content-type": type };
    const told = await ask(origin, "/api/auth/callback/credentials", { method: "POST", headers, body: "[" });
    expect([type, told.status]).toEqual([type, 400]);
  }
});

test("N10: nothing that only its reader may see is kept by a cache", async ({ workspace }) => {
  const cookie = await cookieOf(workspace.owner.userId);
  const paths = [
    ...insidePaths.map((path) => `/w/${workspace.slug}/${path}`),
    ...readPaths.filter((path) => path !== "events").map((path) => `/api/w/${workspace.slug}/${path}`),
    "/sessions",
    "/workspaces",
    "/api/auth/session",
    "/c/unknown",
    "/reset/unknown",
    "/invitation/unknown",
  ];
  for (const path of paths)
    for (const headers of [{ cookie }, {}] as Record<string, string>[]) {
      const { headers: answered } = await ask(origin, path, { headers });
      const cache = String(answered["cache-control"]);
      expect([
        path,
        cache.includes("private") && /no-store|no-cache/.test(cache),
        /public|s-maxage/.test(cache),
      ]).toEqual([path, true, false]);
      expect([path, answered["x-content-type-options"]]).toEqual([path, "nosniff"]);
    }
});

test("N12: no source, setting or secret of the build is served", async () => {
  const paths = [
    ...[
      "/.env",
      "/.env.local",
      "/.git/config",
      "/package.json",
      "/.next/BUILD_ID",
      "/prisma/schema/base.prisma",
      "/.data/secret",
    ],
    ...["/_next/server/server-reference-manifest.json", "/_next/static/../server/server-reference-manifest.json"],
    ...[
      "/_next/static/%2e%2e/server/app-paths-manifest.json",
      "/_next/static/..%2f..%2fpackage.json",
      "/_next/static/chunks/%00",
    ],
    ...[
      "/..%2f..%2fetc%2fpasswd",
      "/%2e%2e/%2e%2e/etc/passwd",
      "/_next/data/x/index.json",
      "/server.js",
      "/__nextjs_original-stack-frame",
    ],
  ];
  for (const path of paths) {
    const { status, text } = await ask(origin, path);
    expect([path, status >= 400 && status < 500]).toEqual([path, true]);
    expect(text).not.toMatch(/encryptionKey|root:x:0|"dependencies"/);
  }
  const folder = join(projectRoot, ".next/static");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  expect(files.filter((file) => file.endsWith(".map"))).toEqual([]);
  const words = [
    manifest().encryptionKey,
    process.env.NEXTAUTH_SECRET ?? "?",
    process.env.DATABASE_URL ?? "?",
    "DATABASE_OWNER_URL",
    "node:crypto",
  ];
  for (const file of files.filter((each) => each.endsWith(".js"))) {
    const text = readFileSync(join(folder, file), "utf8");
    expect([file, words.filter((word) => text.includes(word))]).toEqual([file, []]);
  }
});

test("P01: no other site may read an answer, and none is told that it may", async ({ workspace }) => {
  const headers = {
    origin: "https://evil.test",
    authorization: `Bearer ${await keyOf(workspace)}`,
    "access-control-request-method": "GET",
  };
  for (const path of [
    "/api/v1/customers",
    "/api/v1/openapi.json",
    `/api/w/${workspace.slug}/customers`,
    "/api/auth/session",
  ])
    for (const method of ["GET", "OPTIONS"]) {
      const { status, headers: answered } = await ask(origin, path, { method, headers });
      const granted = Object.keys(answered).filter((name) => name.startsWith("access-control-allow"));
      expect([path, method, granted, status < 500]).toEqual([path, method, [], true]);
    }
});

test("O18: a file is found by its id alone, and comes as something to save", async ({ workspace, otherWorkspace }) => {
  const cookie = await cookieOf(workspace.owner.userId);
  const names = [
    "..",
    "%2e%2e",
    "..%2f..%2fetc%2fpasswd",
    "....//",
    "%00",
    "1",
    "*",
    otherWorkspace.id,
    "%ff",
    "a".repeat(3_000),
  ];
  for (const name of names)
    for (const path of [`imports/${name}/rejects`, `imports/${name}`, `hub/${name}`, `customers/${name}`]) {
      const { status, text } = await ask(origin, `/api/w/${workspace.slug}/${path}`, { headers: { cookie } });
      expect([path.slice(0, 60), status, status >= 300 && status < 500]).toEqual([path.slice(0, 60), status, true]);
      expect(text).not.toContain("root:");
    }
});

test("I05: what is sent as a file is never shown as a page", async ({ workspace }) => {
  const cookie = await cookieOf(workspace.owner.userId);
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>';
  const sent = await ask(origin, `/api/w/${workspace.slug}/imports/files?name=${encodeURIComponent("x.svg")}`, {
    method: "POST",
    headers: { cookie, origin, host: new URL(origin).host, "content-type": "image/svg+xml" },
    body: `Name,Email\n"${svg.replaceAll('"', '""')}",nobody at example\n`,
  });
  expect(sent.status < 500).toBe(true);
  expect(String(sent.headers["content-type"])).toContain("application/json");
  const foreign = await ask(origin, `/api/w/${workspace.slug}/imports/files?name=x.csv`, {
    method: "POST",
    headers: { cookie, origin: "https://evil.test", host: new URL(origin).host },
    body: "Name\nEve\n",
  });
  expect(foreign.status).toBe(403);
});

test("F01, F11: signing in asks no provider of our own network, even one that was saved before", async ({
  workspace,
}) => {
  let hits = 0;
  const canary = createServer((_request, response) => {
    hits += 1;
    response.end("{}");
  });
  await new Promise<void>((resolve) => canary.listen(0, "127.0.0.1", resolve));
  const { port } = canary.address() as AddressInfo;
  try {
    for (const issuer of [`http://localhost:${port}`, `http://127.0.0.2:${port}`, "https://169.254.169.254"]) {
      const id = newId();
      const clientSecret = seal("hush", secretPurpose(workspace.id, id));
      await databaseTransaction(workspace.id, (db) =>
        db.oidcConnection.create({
          data: {
            workspaceId: workspace.id,
            id,
            name: "Inside",
            issuer,
            clientId: "x",
            clientSecret,
            createdAt: new Date(),
          },
        }),
      );
      const csrf = await ask(origin, "/api/auth/csrf");
      const { csrfToken } = JSON.parse(csrf.text) as { csrfToken: string };
      const cookie = (csrf.headers["set-cookie"] ?? []).map((each) => each.split(";")[0]).join("; ");
      const sent = await ask(origin, `/api/auth/signin/${providerKey(workspace.slug, id)}`, {
        method: "POST",
        headers: { cookie, "content-type": "application/x-www-form-urlencoded" },
        body: `${new URLSearchParams({ csrfToken, json: "true" })}`,
      });
      expect([issuer, sent.status < 500, sent.text.includes("error=")]).toEqual([issuer, true, true]);
    }
    expect(hits).toBe(0);
  } finally {
    canary.close();
    canary.closeAllConnections();
  }
});
