import { getConsistencyBoard } from "@/lib/consistency/queries";
import { BoardInput } from "@/lib/consistency/schema";
import { get } from "@/lib/server/route";

export const GET = get(BoardInput, getConsistencyBoard);
