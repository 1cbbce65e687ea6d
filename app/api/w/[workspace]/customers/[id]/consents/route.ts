import { listConsents } from "@/lib/consents/queries";
import { ConsentsOf } from "@/lib/consents/schema";
import { get } from "@/lib/server/route";

export const GET = get(ConsentsOf, listConsents);
