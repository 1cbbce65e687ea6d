import { permit, refuse } from "../decision";
import { type ExportState, fetchableHours } from "./schema";

type Request = { state: ExportState; requestedById: string; decidedAt: Date | null };

/** Until when an approved file can be fetched; null when it was not approved. */
export function fetchableUntil({ state, decidedAt }: Pick<Request, "state" | "decidedAt">): Date | null {
  return state === "approved" && decidedAt ? new Date(decidedAt.getTime() + fetchableHours * 3_600_000) : null;
}

/** Somebody else than who asked decides, once. */
export function planDecision(request: Request, deciderId: string, state: "approved" | "refused", now: Date) {
  if (request.requestedById === deciderId) return refuse("own_request");
  if (request.state !== "requested") return refuse("already_decided");
  return permit({ state, decidedById: deciderId, decidedAt: now });
}

/** The file goes to who asked for it, within a day of the approval. */
export function planFetch(request: Request, now: Date) {
  const until = fetchableUntil(request);
  if (!until) return refuse("not_approved");
  return now <= until ? permit({}) : refuse("export_expired");
}
