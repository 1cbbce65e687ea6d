import { z } from "zod";

/** A condition's field: what it holds decides which questions make sense. */
export const filterFields = {
  stage: { holds: "choice" },
  spoke: { holds: "choice" },
  osc: { holds: "choice" },
  accountable: { holds: "choice", mayBeEmpty: true },
  status: { holds: "choice" },
  kind: { holds: "choice" },
  locale: { holds: "choice" },
  name: { holds: "text" },
  place: { holds: "text", mayBeEmpty: true },
  segment: { holds: "text", mayBeEmpty: true },
  origin: { holds: "text", mayBeEmpty: true },
  need: { holds: "text", mayBeEmpty: true },
  arrived: { holds: "moment" },
  lastActivity: { holds: "moment" },
  lastTwoWay: { holds: "moment", mayBeEmpty: true },
  enteredStage: { holds: "moment" },
  nextDue: { holds: "moment", mayBeEmpty: true },
  unanswered: { holds: "moment", mayBeEmpty: true },
  offTrack: { holds: "moment", mayBeEmpty: true },
} as const satisfies Record<string, { holds: "choice" | "text" | "moment"; mayBeEmpty?: true }>;

export type FilterField = keyof typeof filterFields;

/** Every field, in the order in which the screen offers them. */
export const fieldNames = Object.keys(filterFields) as FilterField[];

/** Fields that stand with the customer; the others stand with her journey. */
export const customerFields: ReadonlySet<FilterField> = new Set([
  "kind",
  "locale",
  "name",
  "place",
  "segment",
  "origin",
]);

export const momentUnits = ["hours", "days", "weeks", "months"] as const;
export type MomentUnit = (typeof momentUnits)[number];

export const periods = [
  "today",
  "yesterday",
  "tomorrow",
  "this_week",
  "last_week",
  "next_week",
  "this_month",
  "last_month",
] as const;
export type Period = (typeof periods)[number];

const amount = z.number().int().min(0).max(1000);
const day = z.iso.date();
const not = z.literal(true).optional();
const fieldsThat = (holds: "choice" | "text" | "moment") =>
  z.enum(fieldNames.filter((name) => filterFields[name].holds === holds) as [FilterField, ...FilterField[]]);
const emptiable = z.enum(
  fieldNames.filter((name) => "mayBeEmpty" in filterFields[name]) as [FilterField, ...FilterField[]],
);

/** One question to one field; `not` turns its answer round, so that what is empty answers yes to "is not". */
const Condition = z.union([
  z.strictObject({ field: emptiable, op: z.literal("empty"), not }),
  z.strictObject({
    field: fieldsThat("choice"),
    op: z.literal("in"),
    values: z.array(z.string().min(1).max(100)).min(1).max(50),
    not,
  }),
  z.strictObject({
    field: fieldsThat("text"),
    op: z.enum(["is", "contains", "starts"]),
    text: z
      .string()
      .min(1)
      .max(200)
      .refine((text) => !text.includes("\0")),
    not,
  }),
  z.strictObject({
    field: fieldsThat("moment"),
    op: z.enum(["ago", "within", "coming", "ahead"]),
    amount,
    unit: z.enum(momentUnits),
    not,
  }),
  z.strictObject({ field: fieldsThat("moment"), op: z.literal("on"), period: z.enum(periods), not }),
  z.strictObject({ field: fieldsThat("moment"), op: z.enum(["before", "from"]), day, not }),
]);
export type FilterCondition = z.output<typeof Condition>;
export type FilterGroup = { join: "all" | "any"; of: FilterNode[]; not?: true | undefined };
export type FilterNode = FilterCondition | FilterGroup;

/** How deep groups stand in each other, the outermost counted. */
export const deepest = 3;

/** How many conditions one filter may hold. */
export const mostConditions = 40;

/** Whether a node is a group. */
export function isGroup(node: FilterNode): node is FilterGroup {
  return "of" in node;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const needId: ReadonlySet<FilterField> = new Set(["stage", "osc", "accountable"]);

/** A condition that makes sense; values that name nobody are left out, and null when nothing is left. */
function readCondition(value: unknown): FilterCondition | null {
  const parsed = Condition.safeParse(value);
  if (!parsed.success) return null;
  const condition = parsed.data;
  if (condition.op !== "in") return condition;
  const { field } = condition;
  const isKnown = needId.has(field)
    ? (each: string) => uuid.test(each) || (each === "me" && field !== "stage")
    : (each: string) => /^[a-z0-9_]{1,60}$/.test(each);
  const values = condition.values.filter(isKnown);
  return values.length > 0 ? { ...condition, values } : null;
}

function readGroup(value: unknown, depth: number, budget: { left: number }): FilterGroup | null {
  const group = z.object({ join: z.enum(["all", "any"]), of: z.array(z.unknown()).max(50), not }).safeParse(value);
  if (!group.success || depth > deepest) return null;
  const of: FilterNode[] = [];
  for (const each of group.data.of) {
    const isInner = typeof each === "object" && each !== null && "of" in each;
    if (!isInner && budget.left-- <= 0) break;
    const node = isInner ? readGroup(each, depth + 1, budget) : readCondition(each);
    if (node) of.push(node);
  }
  if (of.length === 0) return null;
  return { join: group.data.join, of, ...(group.data.not ? { not: true as const } : {}) };
}

/** A tree of conditions from anything; what makes no sense is left out, and null when nothing is left. */
export function readTree(value: unknown): FilterGroup | null {
  return readGroup(value, 1, { left: mostConditions });
}

/** The tree as an address carries it: its JSON in base64url. */
export function writeTree(tree: FilterGroup): string {
  const bytes = new TextEncoder().encode(JSON.stringify(tree));
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");
}

/** The tree that `writeTree` wrote; null for anything else. */
export function parseTree(text: string): FilterGroup | null {
  if (text === "") return null;
  try {
    const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    return readTree(JSON.parse(new TextDecoder().decode(bytes)));
  } catch {
    return null;
  }
}

/** Every condition of a tree, wherever it stands. */
export function conditionsIn(node: FilterNode): FilterCondition[] {
  return isGroup(node) ? node.of.flatMap(conditionsIn) : [node];
}
