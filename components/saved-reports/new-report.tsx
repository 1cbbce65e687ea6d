"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { useErrorWords } from "@/components/ui/error-words";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { useSubmit } from "@/components/ui/use-submit";
import { paths } from "@/lib/paths";
import { createReportAction } from "@/lib/saved-reports/actions";
import { type Subject, subjects, vocabulary } from "@/lib/saved-reports/vocabulary";

/** Asks for a name and a subject, and opens the report that is made of them. */
export function NewReport({ workspace }: { workspace: string }) {
  const t = useTranslations("reports");
  const words = useErrorWords();
  const router = useRouter();
  const { formProps, isBusy, error } = useSubmit(
    (form) => {
      const subject = String(form.get("subject")) as Subject;
      const { shares, dimensions } = vocabulary[subject];
      const [groupBy, measures] = [dimensions.slice(2, 3), shares.slice(0, 1)];
      return createReportAction(workspace, {
        name: String(form.get("name") ?? ""),
        definition: { subject, groupBy: [...groupBy], measures: [...measures], period: { days: 90 } },
      });
    },
    ({ id }) => router.push(paths.report(workspace, id)),
  );
  return (
    <form {...formProps} className="grid max-w-160 items-end gap-3 md:grid-cols-[2fr_1fr_auto]">
      <Field label={t("name")} error={error ? words(error) : undefined} isRequired>
        {(control) => <Input {...control} name="name" maxLength={80} required autoComplete="off" />}
      </Field>
      <Field label={t("subject")}>
        {(control) => (
          <Select
            {...control}
            name="subject"
            options={subjects.map((value) => ({ value, label: t(`subject_name.${value}`) }))}
          />
        )}
      </Field>
      <Button kind="primary" type="submit" isBusy={isBusy}>
        {t("create")}
      </Button>
    </form>
  );
}
