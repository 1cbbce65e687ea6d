import { z } from "zod";

export const viewScopes = ["private", "team", "workspace"] as const;
export type ViewScope = (typeof viewScopes)[number];

const name = z.string().trim().min(1).max(80);
const query = z.string().max(4000);

export const CreateView = z.strictObject({
  name,
  query,
  scope: z.enum(viewScopes).default("private"),
  isPinned: z.boolean().default(false),
});
export type CreateView = z.output<typeof CreateView>;

export const UpdateView = z.strictObject({
  id: z.uuid(),
  version: z.number().int().min(1),
  name: name.optional(),
  query: query.optional(),
  scope: z.enum(viewScopes).optional(),
  isPinned: z.boolean().optional(),
});
export type UpdateView = z.output<typeof UpdateView>;

export const ViewKey = z.strictObject({ id: z.uuid() });
export type ViewKey = z.output<typeof ViewKey>;

/** A saved view of the customers list; `query` is the list's search string. */
export type SavedViewView = {
  id: string;
  name: string;
  query: string;
  scope: ViewScope;
  isPinned: boolean;
  isMine: boolean;
  ownerName: string;
  version: number;
};
