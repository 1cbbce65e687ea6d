import { z } from "zod";
import { isId } from "../identifiers";
import { conditionsIn, customerFields, type FilterGroup, parseTree, writeTree } from "./filter-tree";

export const listStatuses = ["pre_lead", "active", "nurture", "on_hold", "won", "lost", "completed"] as const;

/** What the customers list may be narrowed by. The URL carries it, so a view is a link. */
export type CustomerFilter = {
  q: string;
  /** Ids of stages, any of them. */
  stage: string[];
  /** Keys of departments that are accountable, any of them. */
  spoke: string[];
  /** Ids of members, or `me`. */
  osc: string[];
  status: string[];
  /** As written; `-` is the unknown origin. */
  origin: string[];
  offTrack: boolean;
  unanswered: boolean;
  /** Conditions beyond the chips, grouped and negated; null when there are none. */
  tree: FilterGroup | null;
};

export const emptyFilter: CustomerFilter = {
  q: "",
  stage: [],
  spoke: [],
  osc: [],
  status: [],
  origin: [],
  offTrack: false,
  unanswered: false,
  tree: null,
};

type Params = Record<string, string | string[] | undefined>;

const most = 50;
const first = (value: string | string[] | undefined): string =>
  Array.isArray(value) ? (value[0] ?? "") : (value ?? "");
const many = (value: string | string[] | undefined): string[] =>
  [...new Set((Array.isArray(value) ? value : [value ?? ""]).filter((each) => each !== ""))].slice(0, most);
const isKey = (text: string) => /^[a-z0-9_]{1,60}$/.test(text);

/** Reads a filter from search parameters; what makes no sense is left out, so that an old link still opens. */
export function readFilter(params: Params): CustomerFilter {
  return {
    q: first(params.q).trim().slice(0, 200),
    stage: many(params.stage).filter(isId),
    spoke: many(params.spoke).filter(isKey),
    osc: many(params.osc).filter((each) => each === "me" || isId(each)),
    status: many(params.status).filter((each) => (listStatuses as readonly string[]).includes(each)),
    origin: many(params.origin).map((each) => each.slice(0, 100)),
    offTrack: first(params.offTrack) === "1",
    unanswered: first(params.unanswered) === "1",
    tree: parseTree(first(params.filter)),
  };
}

/** The search string of a filter, always in the same order, without what is empty. */
export function queryOf(filter: CustomerFilter): string {
  const params = new URLSearchParams();
  if (filter.q) params.set("q", filter.q);
  for (const key of ["stage", "spoke", "osc", "status", "origin"] as const)
    for (const value of [...filter[key]].sort()) params.append(key, value);
  if (filter.offTrack) params.set("offTrack", "1");
  if (filter.unanswered) params.set("unanswered", "1");
  if (filter.tree) params.set("filter", writeTree(filter.tree));
  return params.toString();
}

/** A filter from a search string, as a saved view keeps it. */
export function filterOfQuery(query: string): CustomerFilter {
  const params: Params = {};
  for (const [key, value] of new URLSearchParams(query)) params[key] = [...many(params[key]), value];
  return readFilter(params);
}

/** Whether nothing is narrowed. */
export function isEmptyFilter(filter: CustomerFilter): boolean {
  return queryOf(filter) === "";
}

/** Whether it asks for something that stands with the customer, not with her journey. */
export function asksForCustomer({ origin, tree }: CustomerFilter): boolean {
  return origin.length > 0 || (tree !== null && conditionsIn(tree).some(({ field }) => customerFields.has(field)));
}

/** A page of the list: the filter's search string, and where the page before ended. */
export const ListCustomers = z.object({
  query: z.string().max(4000).default(""),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type ListCustomers = z.output<typeof ListCustomers>;

export const FrameQuery = ListCustomers.pick({ query: true });
