import {
  type FilterField,
  type FilterGroup,
  type FilterNode,
  filterFields,
  isGroup,
  type MomentUnit,
  type Period,
  readTree,
} from "@/lib/customers/filter-tree";

/** A condition while one writes it: everything it could hold, whichever question is chosen. */
export type DraftCondition = {
  key: number;
  field: FilterField;
  op: FilterOp;
  not: boolean;
  values: string[];
  text: string;
  amount: number;
  unit: MomentUnit;
  period: Period;
  day: string;
};
export type DraftGroup = { key: number; join: "all" | "any"; not: boolean; of: DraftNode[] };
export type DraftNode = DraftCondition | DraftGroup;

export type FilterOp = Exclude<FilterNode, FilterGroup>["op"];

let lastKey = 0;
const nextKey = () => {
  lastKey += 1;
  return lastKey;
};

const questions: Record<"choice" | "text" | "moment", readonly FilterOp[]> = {
  choice: ["in"],
  text: ["contains", "is", "starts"],
  moment: ["ago", "within", "on", "coming", "ahead", "before", "from"],
};

/** The questions that a field can answer. */
export function opsOf(field: FilterField): FilterOp[] {
  const known = filterFields[field];
  return [...questions[known.holds], ...("mayBeEmpty" in known ? (["empty"] as const) : [])];
}

/** Whether a node of a draft is a group. */
export function isDraftGroup(node: DraftNode): node is DraftGroup {
  return "of" in node;
}

/** A condition to begin with. */
export function blankCondition(field: FilterField = "lastActivity"): DraftCondition {
  const op = opsOf(field)[0] ?? "in";
  return {
    ...{ key: nextKey(), field, op, not: false, values: [], text: "" },
    ...{ amount: 3, unit: "days", period: "today", day: "" },
  };
}

/** A group to begin with. */
export function blankGroup(): DraftGroup {
  return { key: nextKey(), join: "any", not: false, of: [blankCondition()] };
}

/** A tree as a draft. */
export function draftOf(tree: FilterGroup | null): DraftGroup {
  if (!tree) return { ...blankGroup(), join: "all" };
  return {
    key: nextKey(),
    join: tree.join,
    not: tree.not === true,
    of: tree.of.map((node) =>
      isGroup(node) ? draftOf(node) : { ...blankCondition(node.field), ...node, not: node.not === true },
    ),
  };
}

function plainOf({ field, op, not, values, text, amount, unit, period, day }: DraftCondition): unknown {
  const negation = not ? { not: true } : {};
  if (op === "empty") return { field, op, ...negation };
  if (op === "in") return { field, op, values, ...negation };
  if (op === "on") return { field, op, period, ...negation };
  if (op === "before" || op === "from") return { field, op, day, ...negation };
  if (op === "is" || op === "contains" || op === "starts") return { field, op, text: text.trim(), ...negation };
  return { field, op, amount, unit, ...negation };
}

function groupOf(draft: DraftGroup): unknown {
  const of = draft.of.map((node) => (isDraftGroup(node) ? groupOf(node) : plainOf(node)));
  return { join: draft.join, of, ...(draft.not ? { not: true } : {}) };
}

/** The tree that a draft means; conditions that are not finished are left out, and null when none is. */
export function treeOf(draft: DraftGroup): FilterGroup | null {
  return readTree(groupOf(draft));
}
