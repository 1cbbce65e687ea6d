import { z } from "zod";
import { searchCustomers } from "../search/queries";
import { SearchCustomers } from "../search/schema";
import { ById, endpoint, pageOf } from "../server/api-endpoint";
import { createView, deleteView, updateView } from "../views/commands";
import { listViews } from "../views/queries";
import { CreateView, UpdateView, viewScopes } from "../views/schema";

const Found = z
  .object({
    id: z.uuid(),
    name: z.string(),
    place: z.string().nullable(),
    stageName: z.string(),
    status: z.string(),
    oscName: z.string(),
    wheel: z.object({ involved: z.array(z.number()), baton: z.number(), isLate: z.boolean() }),
  })
  .meta({ id: "FoundCustomer" });

const View = z
  .object({
    id: z.uuid(),
    name: z.string(),
    query: z.string().meta({ description: "The search string of the customers list" }),
    scope: z.enum(viewScopes),
    isPinned: z.boolean(),
    isMine: z.boolean(),
    ownerName: z.string(),
    version: z.number(),
  })
  .meta({ id: "SavedView" });

const Versioned = z.object({ id: z.uuid(), version: z.number() });

export const viewEndpoints = [
  endpoint({
    method: "GET",
    path: "/search",
    tag: "Customers",
    summary: "Customers by a part of a name, a phone or an e-mail; fewer than two characters find nothing.",
    permission: "Everybody; customers one may see.",
    query: SearchCustomers.strict(),
    response: pageOf(Found),
    handle: async (ctx, search) => ({ data: await searchCustomers(ctx, search), nextCursor: null }),
  }),
  endpoint({
    method: "GET",
    path: "/views",
    tag: "Views",
    summary: "The saved views one may use.",
    permission: "Everybody.",
    response: pageOf(View),
    handle: async (ctx) => ({ data: await listViews(ctx), nextCursor: null }),
  }),
  endpoint({
    method: "POST",
    path: "/views",
    tag: "Views",
    summary: "Save a view.",
    permission: "Everybody.",
    body: CreateView,
    response: Versioned,
    status: 201,
    handle: createView,
  }),
  endpoint({
    method: "PATCH",
    path: "/views/{id}",
    tag: "Views",
    summary: "Change a saved view of one's own.",
    permission: "Whoever saved it.",
    params: ById,
    body: UpdateView.omit({ id: true, version: true }),
    response: Versioned,
    isVersioned: true,
    handle: (ctx, input, { version }) => updateView(ctx, { ...input, version }),
  }),
  endpoint({
    method: "DELETE",
    path: "/views/{id}",
    tag: "Views",
    summary: "Delete a saved view of one's own.",
    permission: "Whoever saved it.",
    params: ById,
    response: z.object({ id: z.uuid() }),
    handle: deleteView,
  }),
];
