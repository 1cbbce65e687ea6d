import fc from "fast-check";
import {
  conditionsIn,
  deepest,
  type FilterCondition,
  type FilterField,
  type FilterGroup,
  type FilterNode,
  fieldNames,
  filterFields,
  momentUnits,
  mostConditions,
  periods,
} from "@/lib/customers/filter-tree";

const namesThat = (holds: string): FilterField[] => fieldNames.filter((name) => filterFields[name].holds === holds);
const withNot = <T extends object>(arbitrary: fc.Arbitrary<T>) =>
  fc.tuple(arbitrary, fc.boolean()).map(([each, not]) => (not ? { ...each, not: true as const } : each));

/** Conditions whose choices and texts come from what the rows hold, so that both answers happen. */
export function conditionsOver(values: Partial<Record<FilterField, readonly string[]>>): fc.Arbitrary<FilterCondition> {
  const known = (field: FilterField) => fc.constantFrom(...(values[field] ?? ["none"]));
  const choice = fc.constantFrom(...namesThat("choice")).chain((field) =>
    fc.record({
      field: fc.constant(field),
      op: fc.constant("in" as const),
      values: fc.uniqueArray(known(field), { minLength: 1, maxLength: 3 }),
    }),
  );
  const text = fc.constantFrom(...namesThat("text")).chain((field) =>
    fc.record({
      field: fc.constant(field),
      op: fc.constantFrom("is" as const, "contains" as const, "starts" as const),
      text: fc.oneof(
        known(field),
        known(field).map((each) => each.slice(1, 4) || each),
        fc.constantFrom("A", "%", "_", "חיפה"),
      ),
    }),
  );
  const empty = fc.record({
    field: fc.constantFrom(...fieldNames.filter((name) => "mayBeEmpty" in filterFields[name])),
    op: fc.constant("empty" as const),
  });
  const field = fc.constantFrom(...namesThat("moment"));
  const relative = fc.record({
    field,
    op: fc.constantFrom("ago" as const, "within" as const, "coming" as const, "ahead" as const),
    amount: fc.integer({ min: 0, max: 40 }),
    unit: fc.constantFrom(...momentUnits.filter((unit) => unit !== "months")),
  });
  const months = fc.record({
    field,
    op: fc.constantFrom("ago" as const, "within" as const, "coming" as const, "ahead" as const),
    amount: fc.integer({ min: 0, max: 2 }),
    unit: fc.constant("months" as const),
  });
  const on = fc.record({ field, op: fc.constant("on" as const), period: fc.constantFrom(...periods) });
  const days = fc.record({
    field,
    op: fc.constantFrom("before" as const, "from" as const),
    day: fc.constantFrom("2026-03-01", "2026-03-26", "2026-03-27", "2026-03-28", "2026-04-15"),
  });
  return withNot(fc.oneof(choice, text, empty, relative, months, on, days));
}

/** Groups of them, at most three deep. */
export function treesOver(condition: fc.Arbitrary<FilterCondition>): fc.Arbitrary<FilterGroup> {
  const group = (of: fc.Arbitrary<FilterNode>): fc.Arbitrary<FilterGroup> =>
    withNot(
      fc.record({
        join: fc.constantFrom("all" as const, "any" as const),
        of: fc.array(of, { minLength: 1, maxLength: 3 }),
      }),
    );
  let trees = group(condition);
  for (let depth = 1; depth < deepest; depth++) trees = group(fc.oneof(condition, trees));
  return trees.filter((tree) => conditionsIn(tree).length <= mostConditions);
}
