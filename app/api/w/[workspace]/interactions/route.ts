import { logInteraction } from "@/lib/interactions/commands";
import { LogInteraction } from "@/lib/interactions/schema";
import { post } from "@/lib/server/route";

export const POST = post(LogInteraction, logInteraction);
