import type { ComponentProps } from "react";
import { cn } from "./cn";
import { controlStyle } from "./input";

export type Option = { value: string; label: string; isDisabled?: boolean };

type Props = Omit<ComponentProps<"select">, "children"> & {
  options: readonly Option[];
  placeholder?: string;
  /** A word of a sentence that opens its choices, instead of a box. */
  isWord?: boolean;
};

/** One of a few. The platform's own list, so that it works by keyboard, touch and voice everywhere. */
export function Select({ options, placeholder, isWord, className, ...rest }: Props) {
  return (
    <select className={cn(isWord ? "word" : [controlStyle, "control-line chevron"], className)} {...rest}>
      {placeholder === undefined ? null : <option value="">{placeholder}</option>}
      {options.map(({ value, label, isDisabled }) => (
        <option key={value} value={value} disabled={isDisabled}>
          {label}
        </option>
      ))}
    </select>
  );
}
