import { lookup } from "node:dns";
import { Agent as PlainAgent, type RequestOptions } from "node:http";
import { Agent as SecureAgent } from "node:https";
import { isIP, type LookupFunction, type Socket } from "node:net";
import { isPublicAddress } from "../network";

/** An answer of a provider may have so many bytes, and a connection to it last so many milliseconds. */
const mostBytes = 512 * 1024;
const patience = 15_000;

/** Ports at which a provider of the public internet may be asked. */
const publicPorts = [443, 8443];

const bare = (host: string) =>
  host
    .toLowerCase()
    .replace(/^\[|\]$/g, "")
    .replace(/\.$/, "");

/** Hosts of the installation's own network that may be asked all the same: OIDC_PRIVATE_HOSTS, separated by commas. */
function isAllowedPrivately(host: string): boolean {
  const allowed = process.env.OIDC_PRIVATE_HOSTS?.split(",") ?? [];
  return allowed.some((each) => each.trim() !== "" && bare(each.trim()) === bare(host));
}

const refusal = (host: string) => new Error(`${host} is no provider that may be asked: see OIDC_PRIVATE_HOSTS`);

type Target = { host: string; port: number; isSecure: boolean };

/** Whether a target may be asked at all, judged by how it is written; a name is judged again once it is resolved. */
function isAskable({ host, port, isSecure }: Target): boolean {
  if (isAllowedPrivately(host)) return true;
  if (!isSecure || !publicPorts.includes(port)) return false;
  return isIP(bare(host)) === 0 ? bare(host).includes(".") : isPublicAddress(bare(host));
}

/** Resolves a name and hands over only what may be reached, so that what was judged is what is connected to. */
export const lookupPublic: LookupFunction = (host, options, done) => {
  lookup(host, { ...options, all: true }, (error, found) => {
    if (error) return done(error, "", 0);
    const [first] = found;
    const isOpen = isAllowedPrivately(host) || found.every(({ address }) => isPublicAddress(address));
    if (!first || !isOpen) return done(refusal(host), "", 0);
    if (options.all) return done(null, found);
    done(null, first.address, first.family);
  });
};

/** Whether a provider's address may be saved: https on its usual ports, and nothing of our own network. */
export async function mayAskProvider(issuer: string): Promise<boolean> {
  const { hostname: host, port, protocol } = new URL(issuer);
  const isSecure = protocol === "https:";
  if (!isAskable({ host, port: Number(port) || (isSecure ? 443 : 80), isSecure })) return false;
  if (isAllowedPrivately(host) || isIP(bare(host)) !== 0) return true;
  const found = await Promise.race([
    resolve(host),
    new Promise<string[]>((done) => setTimeout(done, 2_000, []).unref()),
  ]);
  return found.every(isPublicAddress);
}

/** The addresses of a name; none when it is not known at the moment, because every connection is judged again. */
function resolve(host: string): Promise<string[]> {
  return new Promise((done) => {
    lookup(host, { all: true }, (error, found) => done(error ? [] : found.map(({ address }) => address)));
  });
}

/** Cuts a connection that says too much or takes too long. */
function restrain(socket: Socket): Socket {
  let bytes = 0;
  socket.on("data", (chunk: Buffer) => {
    bytes += chunk.byteLength;
    if (bytes > mostBytes) socket.destroy(new Error("the provider's answer is too large"));
  });
  const late = setTimeout(() => socket.destroy(new Error("the provider took too long")), patience);
  socket.once("close", () => clearTimeout(late));
  return socket;
}

type Connect = NonNullable<PlainAgent["createConnection"]>;

/** Puts the guard before an agent's own way to connect. */
function guard<Kind extends PlainAgent>(agent: Kind, isSecure: boolean): Kind {
  const connect: Connect = agent.createConnection.bind(agent);
  const guarded: Connect = (options: RequestOptions, done) => {
    const host = options.host ?? "";
    if (!isAskable({ host, port: Number(options.port), isSecure })) throw refusal(host);
    const socket = connect({ ...options, lookup: lookupPublic }, done);
    return socket ? restrain(socket as Socket) : socket;
  };
  return Object.assign(agent, { createConnection: guarded });
}

const secure = guard(new SecureAgent({ keepAlive: false, maxCachedSessions: 0 }), true);
const plain = guard(new PlainAgent({ keepAlive: false }), false);

/**
 * How next-auth asks a provider: only hosts of the public internet or those of OIDC_PRIVATE_HOSTS, over https unless the
 * issuer itself is a plain one; each name is resolved once and connected to as judged. Redirects are never followed.
 */
export function providerHttpOptions(issuer: string): { agent: PlainAgent; timeout: number } {
  return { agent: issuer.startsWith("https:") ? secure : plain, timeout: 5_000 };
}
