"use server";

import { z } from "zod";
import { action } from "../server/action";
import { setSellingTeam } from "./commands";
import { listSellers } from "./queries";
import { SetSellingTeam } from "./schema";

export const setSellingTeamAction = action(SetSellingTeam, setSellingTeam);
export const listSellersAction = action(z.strictObject({}), listSellers);
