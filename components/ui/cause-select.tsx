"use client";

import { useLocale } from "next-intl";
import { Field } from "./field";
import { Select } from "./select";

export type CauseOption = { key: string; name: string; nameHe: string };

type Props = {
  label: string;
  placeholder: string;
  causes: readonly CauseOption[];
  value: string;
  onChange: (cause: string) => void;
};

/** Why something had happened: one of the themes of the codebook. */
export function CauseSelect({ label, placeholder, causes, value, onChange }: Props) {
  const locale = useLocale();
  return (
    <Field label={label} isRequired>
      {(control) => (
        <Select
          {...control}
          value={value}
          placeholder={placeholder}
          options={causes.map(({ key, name, nameHe }) => ({ value: key, label: (locale === "he" && nameHe) || name }))}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
