import type { ActionResult, PublicError } from "./errors";

/** An action's or a read's error on the client, with everything the screen explains it by. */
export class RequestError extends Error {
  constructor(readonly error: PublicError) {
    super(`${error.code}: ${error.reason}`);
    this.name = "RequestError";
  }
}

/** The data of an action's answer; its error as a throw, for TanStack Query. */
export function unwrap<T>(result: ActionResult<T>): T {
  if (result.ok) return result.data;
  throw new RequestError(result.error);
}

/** Reads JSON from one of our GET routes; a failed one throws what the route said. */
export async function readJson<T>(address: string, signal?: AbortSignal): Promise<T> {
  const answer = await fetch(address, { headers: { accept: "application/json" }, ...(signal ? { signal } : {}) });
  const body = (await answer.json().catch(() => null)) as T | { error?: PublicError } | null;
  if (answer.ok) return body as T;
  throw new RequestError(
    (body as { error?: PublicError } | null)?.error ?? { code: "unavailable", reason: "unavailable" },
  );
}

/** Sends one of our writes to its POST route; answers what the command answered, as an action does. */
export async function sendJson<T>(address: string, input: unknown): Promise<ActionResult<T>> {
  const headers = { accept: "application/json", "content-type": "application/json" };
  const answer = await fetch(address, { method: "POST", headers, body: JSON.stringify(input) });
  return (await answer.json()) as ActionResult<T>;
}

/** The public error of anything that was thrown on the client. */
export function errorOf(thrown: unknown): PublicError {
  return thrown instanceof RequestError ? thrown.error : { code: "unavailable", reason: "unavailable" };
}
