import type { Route } from "next";
import { paths } from "@/lib/paths";

const byPrefix: Record<string, (slug: string) => Route> = {
  osc: paths.customers,
  improvement: paths.improvements,
  enablement: paths.enablement,
  coaching: paths.enablement,
  digest: paths.digests,
  coding: (slug) => paths.coding(slug),
  export: paths.customers,
  leak: paths.leaks,
  authority: paths.proposals,
};

/** Where what one was told about is seen: the customer, or the place of its kind. */
export function placeOf(slug: string, kind: string, customerId: string | null): Route {
  if (customerId) return paths.customer(slug, customerId);
  const [prefix = ""] = kind.split("_", 1);
  return (byPrefix[prefix] ?? paths.home)(slug);
}
