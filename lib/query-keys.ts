/** The nouns that screens keep in the query cache. */
export type QueryNoun =
  | "home"
  | "customers"
  | "customer"
  | "timeline"
  | "wheel"
  | "board"
  | "inbox"
  | "load"
  | "overview"
  | "imports"
  | "bulk"
  | "exports"
  | "templates"
  | "moments"
  | "members"
  | "enablement"
  | "views"
  | "notifications"
  | "search"
  | "keys"
  | "audit";

/** The key of one read: workspace, noun, and whatever tells it from others of that noun. */
export type QueryKey = readonly [workspace: string, noun: QueryNoun, ...rest: unknown[]];

const noun = (name: QueryNoun) => ({
  /** Every read of this noun in the workspace. */
  all: (workspace: string): QueryKey => [workspace, name],
  /** A list, told apart by its filter. */
  list: (workspace: string, filter: unknown = ""): QueryKey => [workspace, name, "list", filter],
  /** One row. For what belongs to a customer, `id` is the customer's, so that live updates reach it. */
  one: (workspace: string, id: string, ...rest: unknown[]): QueryKey => [workspace, name, id, ...rest],
});

/** Every key of the query cache. Never write one by hand: live updates find the reads by these. */
export const keys = {
  everything: (workspace: string): readonly [string] => [workspace],
  home: noun("home"),
  customers: noun("customers"),
  customer: noun("customer"),
  timeline: noun("timeline"),
  wheel: noun("wheel"),
  board: noun("board"),
  inbox: noun("inbox"),
  load: noun("load"),
  overview: noun("overview"),
  imports: noun("imports"),
  bulk: noun("bulk"),
  exports: noun("exports"),
  templates: noun("templates"),
  moments: noun("moments"),
  members: noun("members"),
  enablement: noun("enablement"),
  views: noun("views"),
  notifications: noun("notifications"),
  search: noun("search"),
  keys: noun("keys"),
  audit: noun("audit"),
} as const;
