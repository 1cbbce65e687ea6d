import type { ComponentProps } from "react";

type Props = Omit<ComponentProps<"input">, "type"> & { label: string };

/** Yes or no, with its words as the target. */
export function Checkbox({ label, ...rest }: Props) {
  return (
    <label className="inline-flex min-h-[24px] items-center gap-2 text-13">
      <input type="checkbox" className="size-4 flex-none accent-accent" {...rest} />
      {label}
    </label>
  );
}
