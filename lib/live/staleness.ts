import type { QueryNoun } from "../query-keys";

/** What a screen gets of an event: ids only, the rest is read again under the reader's own permissions. */
export type LiveEvent = { seq: number; type: string; customerId: string | null; journeyId: string | null };

/** Reads that belong to one customer: stale only when the event is hers. */
const ofCustomer: readonly QueryNoun[] = ["customer", "timeline", "wheel"];

/** Lists that any event about a customer may change. */
const ofEverybody: readonly QueryNoun[] = ["home", "customers", "board", "inbox", "load", "overview", "notifications"];

const byPrefix: Record<string, readonly QueryNoun[]> = {
  import: ["imports", "customers", "home", "overview", "board", "load"],
  bulk: ["bulk"],
  export: ["exports"],
  moment: ["moments"],
  template: ["templates", "board", "overview"],
  member: ["members", "load", "overview"],
  invitation: ["members"],
  view: ["views"],
  key: ["keys"],
  customers: ["customers"],
  spoke: ["board", "inbox", "overview", "wheel"],
  workspace: ["members", "overview"],
  settings: ["members", "overview"],
};

/** Which cached reads an event makes stale, as key parts behind the workspace. */
export function staleAfter(event: LiveEvent): (readonly [QueryNoun, ...string[]])[] {
  const prefix = event.type.split(".", 1)[0] ?? "";
  const stale = (byPrefix[prefix] ?? []).map((noun) => [noun] as const);
  const { customerId } = event;
  if (customerId === null) return stale;
  return [
    ...stale,
    ...ofCustomer.map((noun) => [noun, customerId] as const),
    ...ofEverybody.map((noun) => [noun] as const),
  ];
}
