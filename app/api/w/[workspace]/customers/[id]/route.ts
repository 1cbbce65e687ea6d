import { getCustomer } from "@/lib/customers/queries";
import { CustomerKey } from "@/lib/customers/schema";
import { get } from "@/lib/server/route";

export const GET = get(CustomerKey, getCustomer);
