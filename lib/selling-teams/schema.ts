import { z } from "zod";

export const SetSellingTeam = z.strictObject({
  customerId: z.uuid(),
  /** The version that was read; 0 while there is no team. */
  version: z.number().int().min(0),
  coordinatorId: z.uuid(),
  memberIds: z.array(z.uuid()).min(1).max(20),
});
export type SetSellingTeam = z.output<typeof SetSellingTeam>;

export type SellingTeamView = {
  /** 0 while there is no team. */
  version: number;
  members: { id: string; name: string; isCoordinator: boolean }[];
};

export type SellerOption = { id: string; name: string };
