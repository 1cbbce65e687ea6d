import { z } from "zod";
import { setSellingTeam } from "../selling-teams/commands";
import { getSellingTeam } from "../selling-teams/queries";
import { SetSellingTeam } from "../selling-teams/schema";
import { ById, endpoint } from "../server/api-endpoint";

export const SellingTeam = z
  .object({
    version: z.number().meta({ description: "0 while there is no team" }),
    members: z.array(z.object({ id: z.uuid(), name: z.string(), isCoordinator: z.boolean() })),
  })
  .meta({ id: "SellingTeam" });

const tag = "Proposals";

/** Who sells to a customer together. */
export const sellingTeamEndpoints = [
  endpoint({
    method: "GET",
    path: "/customers/{id}/selling-team",
    tag,
    summary: "Who sells to the customer together, who coordinates first.",
    permission: "Whoever may see the customer.",
    params: ById,
    response: SellingTeam,
    handle: getSellingTeam,
  }),
  endpoint({
    method: "POST",
    path: "/customers/{id}/selling-team",
    tag,
    summary: "Name who sells to the customer together, and the one of them who coordinates.",
    permission: "Sales, Manager; once there is a team, its members, Manager, Senior sales.",
    params: ById,
    body: SetSellingTeam.omit({ customerId: true }),
    response: z.object({ version: z.number() }),
    handle: (ctx, { id, ...input }) => setSellingTeam(ctx, { customerId: id, ...input }),
  }),
];
