import { getBoardCounts } from "@/lib/board/queries";
import { BoardFilter } from "@/lib/board/schema";
import { get } from "@/lib/server/route";

export const GET = get(BoardFilter, getBoardCounts);
