"use client";

import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

type Props = {
  name: string;
  label: string;
  purpose: "current-password" | "new-password";
  hint?: string | undefined;
  error?: string | undefined;
};

/** A password, typed left to right in every language. */
export function SecretField({ name, label, purpose, hint, error }: Props) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <Input
          {...control}
          name={name}
          type="password"
          autoComplete={purpose}
          required
          className="h-11 text-16"
          dir="ltr"
        />
      )}
    </Field>
  );
}
