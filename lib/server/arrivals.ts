import { AsyncLocalStorage } from "node:async_hooks";
import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage, ServerResponse } from "node:http";
import { log } from "../log";

/** The header that names who is at the other end of the connection; whatever a client writes there is overwritten. */
export const peerHeader = "x-wheelhouse-peer";

/** Where requests go whose address cannot be read: nothing is there. */
const nowhere = "/unreadable";

/** What a form, an action's arguments or a sign-in may have, in bytes. */
const mostPosted = 1_048_576;

/** Whether every escape in the path of an address stands for a character. */
export function isReadable(url: string): boolean {
  const [path = ""] = url.split("?", 1);
  if (!path.includes("%")) return true;
  try {
    return !decodeURIComponent(path).includes("\u0000");
  } catch {
    return false;
  }
}

/** Whether a request says that it comes from a page of another site than the one it asks. */
export function isForeignOrigin(origin: string | null | undefined, host: string | null | undefined): boolean {
  if (!origin) return false;
  return !URL.canParse(origin) || new URL(origin).host !== host;
}

/** What headers say of where a request went is for a proxy to say, and only for one that is trusted. */
function forgetForwarding({ headers }: IncomingMessage): void {
  for (const name of ["x-forwarded-host", "x-forwarded-proto", "x-forwarded-port", "forwarded"]) delete headers[name];
}

function screen(request: IncomingMessage): void {
  const { headers, socket, url = "" } = request;
  headers[peerHeader] = socket.remoteAddress?.replace(/^::ffff:(?=\d+\.)/i, "") ?? "unknown";
  if (!isReadable(url)) request.url = nowhere;
  if (process.env.TRUST_PROXY !== "1") forgetForwarding(request);
  // An action is taken in past the proxy, which refuses what is foreign; without its mark it is a form like any other.
  if (headers["next-action"] !== undefined && isForeignOrigin(headers.origin, headers.host))
    delete headers["next-action"];
}

/** Why a request is turned away before anybody reads its body, with its status. */
type Refusal = { status: 411 | 413; words: string };

type Arrival = {
  response: ServerResponse;
  refusal: Refusal | null;
  /** Whether nothing was posted to a page, or our own code took it up. */
  isUnderstood: boolean;
};

// One per process: what looks at requests, what answers them and a development server each load this anew.
const shared = globalThis as unknown as {
  __wheelhouseArrivals?: true;
  __wheelhouseArrival?: AsyncLocalStorage<Arrival>;
};
shared.__wheelhouseArrival ??= new AsyncLocalStorage();
const arrival = shared.__wheelhouseArrival;

const isUnread = () => arrival.getStore()?.isUnderstood === false;

/** Called where our own code takes up what was posted: what fails from here on is our failure and no longer the sender's. */
export function understood(): void {
  const here = arrival.getStore();
  if (here) here.isUnderstood = true;
}

/**
 * An answer whose text is all there. Next would lead it through three streams, which costs more than many a read does: the
 * text waits where Next ends the answer. Behind no server of ours, as in a test of a handler, it is the response's body.
 */
export function wholeResponse(text: string, status: number, headers: Record<string, string>): Response {
  const response = arrival.getStore()?.response;
  if (!response) return new Response(text, { status, headers });
  const { end } = response;
  response.end = ((...given: unknown[]) => {
    response.end = end;
    const isOurs = given.length === 0 && response.statusCode === status && !response.headersSent;
    return Reflect.apply(end, response, isOurs ? [text] : given);
  }) as typeof end;
  return new Response(null, { status, headers });
}

/** What is posted to a page or to next-auth has an end that is known before it is read; elsewhere our own code counts as it reads. */
function refusalOf({ headers, url = "" }: IncomingMessage): Refusal | null {
  if (url.startsWith("/api/") && !url.startsWith("/api/auth/")) return null;
  if (headers["transfer-encoding"] !== undefined)
    return { status: 411, words: "Send the length of the body as Content-Length." };
  if (Number(headers["content-length"] ?? 0) <= mostPosted) return null;
  return { status: 413, words: `The body may have ${mostPosted} bytes.` };
}

/**
 * Leads a request past everything that would read it. Its connection ends with the answer: Next leaves the rest of a body that
 * is too large on it, and whoever's request comes over it next waits for that to end.
 */
function turnAway(request: IncomingMessage, { response }: Arrival): void {
  request.method = "GET";
  request.url = "/_next/static/nothing";
  for (const name of ["next-action", "content-type", "content-length", "transfer-encoding"])
    delete request.headers[name];
  response.shouldKeepAlive = false;
}

/**
 * Next answers 500 to a form or an action's arguments that it cannot read. As long as nothing of ours took the request up, that
 * is the sender's mistake: 400. What was turned away is answered with its reason.
 */
function blameSender(here: Arrival): void {
  const { response, refusal } = here;
  const { writeHead, end } = response;
  const unread: { status: number; words: string } = { status: 400, words: "What was sent cannot be read." };
  const blameOf = (status: number) => refusal ?? (status === 500 && !here.isUnderstood ? unread : null);
  response.writeHead = ((status: number, ...rest: unknown[]) =>
    Reflect.apply(writeHead, response, [blameOf(status)?.status ?? status, ...rest])) as typeof writeHead;
  response.end = ((...body: unknown[]) => {
    const blame = blameOf(response.statusCode);
    if (response.headersSent || !blame) return Reflect.apply(end, response, body);
    response.statusCode = blame.status;
    response.removeHeader("content-length");
    response.setHeader("content-type", "text/plain");
    return Reflect.apply(end, response, [blame.words]);
  }) as typeof end;
}

/** What Next says of a request that it could not read is no error of this process, and any stranger could fill the log with it. */
function quieten(method: "error" | "warn"): void {
  const say = console[method];
  console[method] = (...said: unknown[]) => {
    if (!isUnread()) return say(...said);
    const reason = said.map((each) => (each instanceof Error ? each.message : String(each))).join(" ");
    log.info({ reason: reason.slice(0, 200) }, "a request could not be read");
  };
}

/**
 * Looks at every request before Next does: it is told whose connection it came by; an address like `/%ff`, at which Next would fail, leads nowhere; what an
 * untrusted header says of the host is forgotten; an action of another site is none; what is too large is turned away; what cannot be read is its sender's mistake. Called once when the web process starts.
 */
export function screenArrivals(): void {
  if (shared.__wheelhouseArrivals) return;
  shared.__wheelhouseArrivals = true;
  quieten("error");
  quieten("warn");
  subscribe("http.server.request.start", (message) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    screen(request);
    const isPost = request.method === "POST" && !request.url?.startsWith("/api/");
    const here: Arrival = { response, refusal: refusalOf(request), isUnderstood: !isPost };
    arrival.enterWith(here);
    if (here.refusal) turnAway(request, here);
    if (isPost || here.refusal) blameSender(here);
  });
}
