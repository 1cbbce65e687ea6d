import { cn } from "@/components/ui/cn";

type Props = { name: string; value: number; label: string; isSquare?: boolean };

/** One answer to choose: a radio button that any browser knows, a target for a thumb. */
export function Choice({ name, value, label, isSquare = false }: Props) {
  return (
    <label
      className={cn(
        "flex min-h-12 cursor-pointer items-center gap-3 rounded-lg border border-hairline-strong px-3.25 has-checked:border-accent has-checked:bg-accent-quiet",
        isSquare ? "num flex-col justify-center gap-1 px-1 py-2" : "",
      )}
    >
      <input type="radio" required name={name} value={value} className="size-4.5 accent-accent" />
      <span>{label}</span>
    </label>
  );
}
