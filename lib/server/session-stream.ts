import { z } from "zod";
import { readSession, requireContext } from "../auth/context";
import { AppError } from "../errors";
import { eventBefore, latestEvent } from "../events/queries";
import { subscribe } from "../live/hub";
import { eventStream, resumeFrom } from "../live/stream";
import { statusOf, toPublicError } from "./result";
import { json } from "./route";

const query = z.object({
  after: z.string().nullable(),
  /** The server's clock when the page was rendered, in milliseconds. */
  since: z.coerce.number().int().min(0).max(8.64e15).catch(0),
});

/** The live stream of a signed-in member's screens; it ends within 5 s after her session or membership does. */
export async function sessionStream(request: Request, slug: string): Promise<Response> {
  try {
    const ctx = await requireContext(slug);
    const session = await readSession();
    if (!session) throw new AppError("unauthenticated", "session");
    const parameters = new URL(request.url).searchParams;
    const { after, since } = query.parse({ after: parameters.get("after"), since: parameters.get("since") ?? 0 });
    const resumed = resumeFrom(request, after);
    const fresh = () => (since > 0 ? eventBefore(ctx.workspaceId, new Date(since)) : latestEvent(ctx.workspaceId));
    const last = resumed ?? (await fresh());
    return eventStream({
      isNamed: false,
      signal: request.signal,
      begin: ({ send, end }) =>
        subscribe({ ctx, pass: { kind: "session", id: session.sessionId }, last, deliver: send, end }),
    });
  } catch (error) {
    const shown = toPublicError(error);
    return json({ error: shown }, statusOf(shown));
  }
}
