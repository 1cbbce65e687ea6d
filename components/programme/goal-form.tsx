"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { useErrorWords } from "@/components/ui/error-words";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useSubmit } from "@/components/ui/use-submit";
import { setProgrammeGoalAction } from "@/lib/osc-programme/actions";
import type { ProgrammeMonth } from "@/lib/osc-programme/schema";

type Props = { workspace: string; month: string; goal: ProgrammeMonth["goal"] };

/** How many sales a month aims at; emptied, there is no goal. */
export function GoalForm({ workspace, month, goal }: Props) {
  const t = useTranslations("programme");
  const words = useErrorWords();
  const router = useRouter();
  const { formProps, isBusy, error } = useSubmit(
    (form) => {
      const sales = String(form.get("sales")).trim();
      return setProgrammeGoalAction(workspace, {
        month,
        sales: sales === "" ? null : Number(sales),
        version: goal?.version ?? 0,
      });
    },
    () => router.refresh(),
  );
  return (
    <form {...formProps} className="no-print flex flex-wrap items-start gap-2">
      <Field label={t("sales")} hint={t("sales_hint")} error={error ? words(error) : undefined}>
        {(control) => (
          <Input
            {...control}
            key={`${month} ${goal?.version ?? 0}`}
            name="sales"
            type="number"
            min={1}
            max={1_000_000}
            defaultValue={goal?.sales ?? ""}
            className="w-28"
          />
        )}
      </Field>
      <Button type="submit" isBusy={isBusy} className="mt-5">
        {t("save")}
      </Button>
    </form>
  );
}
