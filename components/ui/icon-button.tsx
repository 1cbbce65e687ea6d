import type { LucideIcon } from "lucide-react";
import type { ComponentProps } from "react";
import { cn } from "./cn";

type Props = Omit<ComponentProps<"button">, "children" | "aria-label"> & { icon: LucideIcon; label: string };

/** A button that shows only a sign; its name is read aloud. */
export function IconButton({ icon: Icon, label, className, type = "button", ...rest }: Props) {
  return (
    <button
      type={type}
      aria-label={label}
      title={label}
      className={cn(
        "inline-grid size-8 place-items-center rounded-control text-ink-2 hover:bg-hover hover:text-ink-1 disabled:text-ink-3",
        className,
      )}
      {...rest}
    >
      <Icon aria-hidden className="size-4" strokeWidth={1.5} />
    </button>
  );
}
