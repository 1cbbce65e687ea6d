import { ListCustomers } from "@/lib/customers/filter";
import { listCustomers } from "@/lib/customers/list";
import { get } from "@/lib/server/route";

export const GET = get(ListCustomers, listCustomers);
