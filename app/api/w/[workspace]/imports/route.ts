import { ListImports, listImports } from "@/lib/imports/queries";
import { get } from "@/lib/server/route";

export const GET = get(ListImports, listImports);
