import { z } from "zod";
import { searchAudit } from "../audit/queries";
import { AuditSearch } from "../audit/schema";
import { createKey, revokeKey } from "../keys/commands";
import { listKeys } from "../keys/queries";
import { CreateKey } from "../keys/schema";
import { ById, endpoint, pageOf } from "../server/api-endpoint";

const Key = z
  .object({
    id: z.uuid(),
    name: z.string(),
    role: z.string(),
    tail: z.string(),
    createdAt: z.string(),
    createdBy: z.string().nullable(),
    lastUsedAt: z.string().nullable().meta({ description: "To the minute" }),
    expiresAt: z.string().nullable().meta({ description: "When it ends by itself" }),
    isExpired: z.boolean(),
    revokedAt: z.string().nullable(),
  })
  .meta({ id: "Key" });

const AuditEntry = z
  .object({
    seq: z.number(),
    at: z.string(),
    actor: z.string(),
    actorName: z.string().nullable(),
    action: z.string(),
    subject: z.string(),
    detail: z.string().meta({ description: "JSON" }),
    hash: z.string().meta({ description: "SHA-256 over the hash before it and this row, hexadecimal" }),
  })
  .meta({ id: "AuditEntry" });

const tag = "Administration";

export const keyEndpoints = [
  endpoint({
    method: "GET",
    path: "/keys",
    tag,
    summary: "The API keys, without their secrets.",
    permission: "Admin.",
    response: pageOf(Key),
    handle: async (ctx) => ({ data: await listKeys(ctx), nextCursor: null }),
  }),
  endpoint({
    method: "POST",
    path: "/keys",
    tag,
    summary: "Make a key; its secret is answered this once.",
    permission: "Admin; nobody hands out a role above her own.",
    body: CreateKey,
    response: z.object({ id: z.uuid(), secret: z.string() }),
    status: 201,
    isSecret: true,
    handle: createKey,
  }),
  endpoint({
    method: "POST",
    path: "/keys/{id}/revoke",
    tag,
    summary: "End a key for good.",
    permission: "Admin.",
    params: ById,
    handle: revokeKey,
  }),
  endpoint({
    method: "GET",
    path: "/audit",
    tag,
    summary: "The audit log, newest first.",
    permission: "Manager, Admin, Auditor.",
    query: AuditSearch.strict(),
    cursorName: "before",
    response: pageOf(AuditEntry),
    handle: async (ctx, search) => {
      const { entries, nextBefore } = await searchAudit(ctx, search);
      return { data: entries, nextCursor: nextBefore === null ? null : String(nextBefore) };
    },
  }),
];
