import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createServer as createSocketServer } from "node:net";
import { custom, Issuer } from "openid-client";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { mayAskProvider, providerHttpOptions } from "@/lib/auth/provider-guard";
import { addConnection } from "@/lib/connections/commands";
import { AddConnection } from "@/lib/connections/schema";
import { inWorkspace } from "@/lib/db";
import { isPublicAddress } from "@/lib/network";
import { makeWorkspace } from "../support/factories";
import { contextOf } from "../support/people";

const servers: Server[] = [];
let hits = 0;
let canary: number;

async function listen(handle: RequestListener): Promise<number> {
  const server = createServer(handle);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

beforeAll(async () => {
  canary = await listen((_request, response) => {
    hits += 1;
    response.end("{}");
  });
});
afterEach(() => {
  delete process.env.OIDC_PRIVATE_HOSTS;
});
afterAll(() => {
  for (const server of servers) {
    server.close();
    server.closeAllConnections();
  }
});

/** Asks a provider as a sign-in does. */
async function discover(issuer: string) {
  custom.setHttpOptionsDefaults(providerHttpOptions(issuer));
  return Issuer.discover(`${issuer}/.well-known/openid-configuration`);
}

const closed = [
  "127.0.0.1",
  "127.8.8.8",
  "0.0.0.0",
  "10.1.2.3",
  "172.16.0.1",
  "172.31.255.255",
  "192.168.1.1",
  "169.254.169.254",
  "100.64.0.1",
  "100.127.255.255",
  "198.18.0.1",
  "192.0.0.192",
  "224.0.0.1",
  "255.255.255.255",
  "::",
  "::1",
  "::ffff:127.0.0.1",
  "::ffff:7f00:1",
  "::ffff:a9fe:a9fe",
  "::127.0.0.1",
  "64:ff9b::7f00:1",
  "fc00::1",
  "fd00:ec2::254",
  "fe80::1",
  "fec0::1",
  "ff02::1",
  "2001::1",
  "2002:7f00:1::",
  "2001:db8::1",
];

describe("F01 addresses that no provider has", () => {
  test("are private, loopback, link-local, shared, reserved, and IPv4 in the clothes of IPv6", () => {
    expect(closed.filter(isPublicAddress)).toEqual([]);
    const open = [
      "1.1.1.1",
      "8.8.8.8",
      "100.63.255.255",
      "172.32.0.1",
      "2606:4700:4700::1111",
      "2a00:1450:4001:81b::200e",
    ];
    expect(open.filter((address) => !isPublicAddress(address))).toEqual([]);
    expect(["localhost", "", "1.2.3", "x"].some(isPublicAddress)).toBe(false);
  });

  test("are refused when a connection is saved, however they are written", async () => {
    const workspace = await makeWorkspace();
    const ctx = await contextOf(workspace, workspace.owner, ["owner"]);
    const hosts = [
      ...closed.map((address) => (address.includes(":") ? `[${address}]` : address)),
      ...["localhost", "localhost.", "2130706433", "0x7f.1", "017700000001", "127.1", "metadata", "intranet"],
    ];
    const save = (issuer: string) => {
      const input = AddConnection.parse({ name: "x", issuer, clientId: "x", clientSecret: "x" });
      return inWorkspace(workspace.id, () => addConnection(ctx, input));
    };
    for (const host of hosts)
      await expect(save(`https://${host}`), host).rejects.toMatchObject({
        code: "invalid",
        details: { fields: { issuer: "issuer" } },
      });
    for (const issuer of [
      "https://1.1.1.1:22",
      "https://1.1.1.1:6379",
      "http://127.0.0.1:4000",
      `http://localhost:${canary}`,
    ])
      await expect(save(issuer), issuer).rejects.toMatchObject({ code: "invalid" });
    expect(await mayAskProvider("https://1.1.1.1")).toBe(true);
    expect(await mayAskProvider("https://id.example.com:8443/realms/a")).toBe(true);
  }, 60_000);

  test("are refused when a provider is asked, even if its name was saved before it pointed there", async () => {
    for (const issuer of [
      `http://127.0.0.1:${canary}`,
      `http://localhost:${canary}`,
      "https://127.0.0.1",
      "https://[::1]",
    ])
      await expect(discover(issuer), issuer).rejects.toThrow(/OIDC_PRIVATE_HOSTS/);
    const { lookupPublic } = await import("@/lib/auth/provider-guard");
    for (const all of [true, false]) {
      const found = new Promise((resolve, reject) =>
        lookupPublic("localhost", { all }, (error, addresses) => (error ? reject(error) : resolve(addresses))),
      );
      await expect(found).rejects.toThrow(/OIDC_PRIVATE_HOSTS/);
    }
    expect(hits).toBe(0);
  });

  test("may be asked when the installation names the host, and no other host with it", async () => {
    process.env.OIDC_PRIVATE_HOSTS = "id.internal, 127.0.0.1";
    const port: number = await listen((_request, response) => {
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ issuer: `http://127.0.0.1:${port}` }));
    });
    expect((await discover(`http://127.0.0.1:${port}`)).issuer).toBe(`http://127.0.0.1:${port}`);
    await expect(discover(`http://localhost:${port}`)).rejects.toThrow(/OIDC_PRIVATE_HOSTS/);
    await expect(discover(`http://127.0.0.2:${port}`)).rejects.toThrow(/OIDC_PRIVATE_HOSTS/);
  });
});

describe("a provider that is hostile", () => {
  test("F03 sends nobody on: a redirect is a failure", async () => {
    process.env.OIDC_PRIVATE_HOSTS = "127.0.0.1";
    for (const status of [301, 302, 303, 307, 308]) {
      const port = await listen((_request, response) => {
        response.writeHead(status, { location: `http://127.0.0.1:${canary}/` }).end();
      });
      await expect(discover(`http://127.0.0.1:${port}`), String(status)).rejects.toThrow();
    }
    expect(hits).toBe(0);
  });

  test("F05, F06 has an address of https and nothing else", () => {
    const refused = [
      "file:///etc/passwd",
      "gopher://id.example.com",
      "data:application/json,{}",
      "ftp://id.example.com",
      "javascript:alert(1)",
      "http://id.example.com",
      "https://user:pass@id.example.com",
      "https://user@id.example.com",
      "https://id.example.com/?next=1",
      "https://id.example.com/#x",
      "https://",
      "//id.example.com",
      "https://id .example.com",
    ];
    const parse = (issuer: string) =>
      AddConnection.safeParse({ name: "x", issuer, clientId: "x", clientSecret: "x" }).success;
    expect(refused.filter(parse)).toEqual([]);
  });

  test("F06 what a URL hides is judged as it is reached", async () => {
    for (const issuer of [
      "https://\u2460\u2461\u2466.0.0.1",
      "https://127.0.0.1%2f@1.1.1.1",
      "https://127\u30020\u30020\u30021",
    ])
      expect([issuer, URL.canParse(issuer) && (await mayAskProvider(new URL(issuer).origin))]).toEqual([
        issuer,
        new URL(issuer).hostname === "1.1.1.1",
      ]);
  });

  test.concurrent("F08 is cut when it says too much or too little", async () => {
    process.env.OIDC_PRIVATE_HOSTS = "127.0.0.1";
    let sent = 0;
    const flood = await listen((_request, response) => {
      const more = () => {
        while (!response.destroyed && response.write("x".repeat(65_536))) sent += 65_536;
        if (!response.destroyed) response.once("drain", more);
      };
      more();
    });
    await expect(discover(`http://127.0.0.1:${flood}`)).rejects.toThrow(/too large|aborted/);
    expect(sent).toBeLessThan(16_000_000);
    const silent = createSocketServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
    const begun = Date.now();
    await expect(discover(`http://127.0.0.1:${(silent.address() as AddressInfo).port}`)).rejects.toThrow(/timed out/);
    expect(Date.now() - begun).toBeLessThan(10_000);
    silent.close();
  }, 30_000);

  test.concurrent("F08 that drips is cut after fifteen seconds", async () => {
    process.env.OIDC_PRIVATE_HOSTS = "127.0.0.1";
    const drip = await listen((_request, response) => {
      const every = setInterval(() => response.write(" "), 500);
      response.once("close", () => clearInterval(every));
    });
    const begun = Date.now();
    await expect(discover(`http://127.0.0.1:${drip}`)).rejects.toThrow();
    expect(Date.now() - begun).toBeLessThan(17_000);
  }, 30_000);
});
