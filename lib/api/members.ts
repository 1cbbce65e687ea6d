import { z } from "zod";
import { listPeople } from "../members/options";
import { endpoint, pageOf } from "../server/api-endpoint";

const Member = z
  .object({
    id: z.uuid(),
    name: z.string(),
    spokeId: z.uuid().nullable(),
    roles: z.array(z.string()),
  })
  .meta({ id: "Member" });

export const memberEndpoints = [
  endpoint({
    method: "GET",
    path: "/members",
    tag: "Members",
    summary: "The active members by name; at most 200.",
    permission: "Everybody.",
    response: pageOf(Member),
    handle: async (ctx) => ({ data: (await listPeople(ctx)).people, nextCursor: null }),
  }),
];
