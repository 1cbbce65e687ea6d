import { findHits } from "@/lib/search/queries";
import { SearchCustomers } from "@/lib/search/schema";
import { get } from "@/lib/server/route";

export const GET = get(SearchCustomers, findHits);
