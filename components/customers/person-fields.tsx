"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

type Props = {
  number: number;
  index: number;
  errorOf: (field: string) => string | undefined;
  onRemove: (() => void) | undefined;
};

const firstOf = (errorOf: Props["errorOf"], list: string): string | undefined =>
  [0, 1, 2, 3].map((index) => errorOf(`${list}.${index}`)).find(Boolean) ?? errorOf(list);

/** One person of a new customer; several e-mails or phones are parted by commas. */
export function PersonFields({ number, index, errorOf, onRemove }: Props) {
  const t = useTranslations("customers.form");
  const isFirst = index === 0;
  return (
    <fieldset className="grid items-start gap-4 sm:grid-cols-2">
      <legend className="mb-2 flex w-full items-baseline gap-3 font-550">
        {t("person", { index: index + 1 })}
        {onRemove ? (
          <Button kind="text" onClick={onRemove}>
            {t("remove_person")}
          </Button>
        ) : null}
      </legend>
      <Field label={t("name")} error={errorOf("name")}>
        {(control) => (
          <Input
            {...control}
            name={`name-${number}`}
            maxLength={200}
            autoComplete="off"
            autoFocus={isFirst}
            dir="auto"
          />
        )}
      </Field>
      <Field label={t("phone")} error={firstOf(errorOf, "phones")}>
        {(control) => <Input {...control} name={`phone-${number}`} type="tel" autoComplete="off" dir="ltr" />}
      </Field>
      <Field label={t("email")} error={firstOf(errorOf, "emails")}>
        {(control) => <Input {...control} name={`email-${number}`} inputMode="email" autoComplete="off" dir="ltr" />}
      </Field>
      <Field label={t("social")} hint={t("social_hint")} error={firstOf(errorOf, "socials")}>
        {(control) => <Input {...control} name={`social-${number}`} autoComplete="off" dir="ltr" />}
      </Field>
      {isFirst ? null : (
        <Field label={t("role")} error={errorOf("role")}>
          {(control) => <Input {...control} name={`role-${number}`} maxLength={100} autoComplete="off" />}
        </Field>
      )}
    </fieldset>
  );
}
