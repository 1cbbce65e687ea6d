import { listUndoableMerges } from "@/lib/customers/pairs";
import { CustomerKey } from "@/lib/customers/schema";
import { get } from "@/lib/server/route";

export const GET = get(CustomerKey, listUndoableMerges);
