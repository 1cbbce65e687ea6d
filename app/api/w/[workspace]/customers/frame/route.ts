import { FrameQuery } from "@/lib/customers/filter";
import { getListFrame } from "@/lib/customers/frame";
import { get } from "@/lib/server/route";

export const GET = get(FrameQuery, getListFrame);
