import { SmallWheel } from "./small-wheel";

/** The sign and the name. */
export function Logo() {
  return (
    <span className="inline-flex items-center gap-2 font-medium font-serif text-16">
      <SmallWheel involved={[1, 2, 3, 4, 5, 6, 7]} baton={2} />
      Wheelhouse
    </span>
  );
}
