import { z } from "zod";
import { roles } from "../auth/roles";

export const CreateKey = z.strictObject({
  name: z.string().trim().min(1).max(80),
  role: z.enum(roles),
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
  revokedAt: string | null;
};
