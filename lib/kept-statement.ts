import type { Context, Viewer } from "./context";
import type { Prisma } from "./generated/prisma/client";

type Value = string | Date | null;

/** The place of a value in a statement whose text is kept. */
class Slot {
  constructor(readonly name: string) {}
}

const keptAtMost = 200;

/**
 * A statement that is sent often. Putting its text together out of its parts, and finding its plan by that text, is a tenth of
 * what a wide read costs, so both are done once for each `shape` and for each set of values that are there (not null). `build`
 * may put values into SQL and ask whether one is null, and look no further into them; what else the text depends on is its shape.
 */
export function keptStatement<Values extends Record<string, Value>, Shape>(
  build: (values: Values, shape: Shape) => Prisma.Sql,
): (values: Values, shape: Shape) => Prisma.Sql {
  const kept = new Map<string, Prisma.Sql>();

  const make = (values: Values, shape: Shape): Prisma.Sql => {
    const slots = Object.entries(values).map(([name, value]) => [name, value === null ? null : new Slot(name)]);
    const made = build(Object.fromEntries(slots) as Values, shape);
    return Object.defineProperty(made, "text", { value: made.text });
  };

  return (values, shape) => {
    const key = `${JSON.stringify(shape)} ${Object.keys(values).filter((name) => values[name] !== null)}`;
    let one = kept.get(key);
    if (!one) {
      if (kept.size >= keptAtMost) kept.clear();
      one = make(values, shape);
      kept.set(key, one);
    }
    const filled = one.values.map((each) => (each instanceof Slot ? values[each.name] : each));
    return Object.assign(Object.create(one) as Prisma.Sql, { values: filled });
  };
}

export type ViewerValues = Omit<Viewer, "roles">;

/** Who asks, for a kept statement: these are values, her roles are of its shape. */
export function viewerValues({ workspaceId, memberId, spokeId, teamId }: Context): ViewerValues {
  return { workspaceId, memberId, spokeId, teamId };
}
