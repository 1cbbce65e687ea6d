import type { Role } from "./auth/roles";
import type { Database } from "./db";
import type { Pending } from "./transaction";

/** Who acts: a member at a screen, an API key, the customer on her page, or the system's own worker. */
export type Actor =
  | { kind: "member"; id: string }
  | { kind: "key"; id: string }
  | { kind: "customer"; id: string }
  | { kind: "system" };

/**
 * Who, where and when of one request. Built once by a door, immutable, always the first argument.
 * `memberId` is null for the system and the customer; an API key acts as the member it belongs to.
 */
export type Context = Readonly<{
  workspaceId: string;
  slug: string;
  actor: Actor;
  memberId: string | null;
  userId: string | null;
  roles: readonly Role[];
  spokeId: string | null;
  teamId: string | null;
  timeZone: string;
  locale: string;
  currency: string;
  isDemo: boolean;
  now: Date;
  db: Database;
  /** Came through a door just now: whether she still may is asked once more when her write commits. */
  isVouched?: boolean;
  /** Settles when who asks was found the same as `asMember` took her for; a write waits for it before it commits. */
  isSame?: Promise<boolean>;
  pending?: Pending;
}>;

/** What decides which rows somebody may see. */
export type Viewer = Pick<Context, "workspaceId" | "memberId" | "roles" | "spokeId" | "teamId">;

/** The actor as the audit log writes it, `member:<id>`. */
export function actorText(ctx: Context): string {
  return ctx.actor.kind === "system" ? "system" : `${ctx.actor.kind}:${ctx.actor.id}`;
}
