import { getMergePreview } from "@/lib/customers/pairs";
import { PreviewMerge } from "@/lib/customers/schema";
import { get } from "@/lib/server/route";

export const GET = get(PreviewMerge, getMergePreview);
