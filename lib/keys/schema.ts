import { z } from "zod";
import { roles } from "../auth/roles";

export const CreateKey = z.strictObject({
  name: z.string().trim().min(1).max(80),
  role: z.enum(roles),
  /** Days until the key ends by itself; without it, it holds until it is revoked. */
  days: z.number().int().min(1).max(3650).optional(),
});
export type CreateKey = z.output<typeof CreateKey>;

export const RevokeKey = z.strictObject({ id: z.uuid() });
export type RevokeKey = z.output<typeof RevokeKey>;

/** A key as its workspace sees it; the secret itself is shown once, when it is made. */
export type KeyView = {
  id: string;
  name: string;
  role: string;
  /** The last four characters. */
  tail: string;
  createdAt: string;
  createdBy: string | null;
  lastUsedAt: string | null;
  /** When it ends, or ended, by itself. */
  expiresAt: string | null;
  isExpired: boolean;
  revokedAt: string | null;
};
