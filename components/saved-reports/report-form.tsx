"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { useErrorWords } from "@/components/ui/error-words";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { useSubmit } from "@/components/ui/use-submit";
import { updateReportAction } from "@/lib/saved-reports/actions";
import type { Definition, ReportView } from "@/lib/saved-reports/schema";
import { type Dimension, vocabulary } from "@/lib/saved-reports/vocabulary";

/** What a dimension can be narrowed to, with words. */
export type Choices = { dimension: Dimension; values: { key: string; label: string }[] }[];

type Props = { workspace: string; report: ReportView; choices: Choices };

const charts = ["none", "bar", "line"] as const;

/** The definition that a form holds; filters it does not show stay as they are. */
function definitionOf(form: FormData, { definition }: ReportView, choices: Choices): Definition {
  const { dimensions, shares, medians } = vocabulary[definition.subject];
  const shown = new Set(choices.map(({ dimension }) => dimension));
  const groups = ["first", "second"].flatMap((name) => dimensions.filter((each) => each === form.get(name)));
  const days = Number(form.get("days"));
  const { period } = definition;
  return {
    ...definition,
    period: days > 0 ? { days } : "days" in period ? {} : period,
    groupBy: [...new Set(groups)],
    measures: [...shares, ...medians].filter((each) => form.getAll("measure").includes(each)),
    filters: [
      ...definition.filters.filter(({ dimension }) => !shown.has(dimension)),
      ...choices.flatMap(({ dimension }) => {
        const values = form.getAll(`only-${dimension}`).map(String);
        return values.length > 0 ? [{ dimension, values }] : [];
      }),
    ],
    chart: charts.find((each) => each === form.get("chart")) ?? "none",
  };
}

/** What a report counts, by what, of whom and since when. */
export function ReportForm({ workspace, report, choices }: Props) {
  const t = useTranslations("reports");
  const words = useErrorWords();
  const router = useRouter();
  const { definition } = report;
  const { dimensions, shares, medians } = vocabulary[definition.subject];
  const { formProps, isBusy, error } = useSubmit(
    (form) =>
      updateReportAction(workspace, {
        id: report.id,
        version: report.version,
        name: String(form.get("name")),
        isShared: form.get("shared") === "on",
        definition: definitionOf(form, report, choices),
      }),
    () => router.refresh(),
  );
  const groups = dimensions.map((value) => ({ value, label: t(`dimension.${value}`) }));
  const chosen = (dimension: Dimension) =>
    definition.filters.find((each) => each.dimension === dimension)?.values ?? [];
  const reason = error?.reason === "not_your_report" ? t("reasons.not_your_report") : error ? words(error) : undefined;
  return (
    <form {...formProps} className="grid gap-4 rounded-sheet border border-hairline bg-sheet p-4 print:hidden">
      <Field label={t("name")} error={reason} isRequired>
        {(control) => <Input {...control} name="name" defaultValue={report.name} maxLength={80} required />}
      </Field>
      <div className="grid grid-cols-2 items-start gap-3 md:grid-cols-4">
        {(["first", "second"] as const).map((name, place) => (
          <Field key={name} label={t(`group_${name}`)}>
            {(control) => (
              <Select
                {...control}
                name={name}
                placeholder={t("no_group")}
                defaultValue={definition.groupBy[place] ?? ""}
                options={groups}
              />
            )}
          </Field>
        ))}
        <Field label={t("days")} hint={t("days_hint")}>
          {(control) => (
            <Input
              {...control}
              name="days"
              type="number"
              min={1}
              max={3660}
              defaultValue={"days" in definition.period ? definition.period.days : ""}
            />
          )}
        </Field>
        <Field label={t("chart")}>
          {(control) => (
            <Select
              {...control}
              name="chart"
              defaultValue={definition.chart}
              options={charts.map((value) => ({ value, label: t(`chart_name.${value}`) }))}
            />
          )}
        </Field>
      </div>
      <fieldset className="flex flex-wrap gap-x-5 gap-y-1">
        <legend className="mb-1 font-medium text-12 text-ink-2">{t("measures")}</legend>
        {[...shares, ...medians].map((measure) => (
          <Checkbox
            key={measure}
            name="measure"
            value={measure}
            label={t(`measure.${measure}`)}
            defaultChecked={definition.measures.includes(measure)}
          />
        ))}
      </fieldset>
      <fieldset className="grid gap-2 md:grid-cols-2">
        <legend className="mb-1 font-medium text-12 text-ink-2">{t("filters")}</legend>
        {choices.map(({ dimension, values }) => (
          <details key={dimension} className="text-13">
            <summary className="cursor-pointer py-1">
              {t(`dimension.${dimension}`)}{" "}
              <span className="text-12 text-ink-3">
                {chosen(dimension).length > 0 ? t("chosen", { count: chosen(dimension).length }) : t("all_values")}
              </span>
            </summary>
            <div className="grid gap-1 ps-3 pt-1">
              {values.map(({ key, label }) => (
                <Checkbox
                  key={key}
                  name={`only-${dimension}`}
                  value={key}
                  label={label}
                  defaultChecked={chosen(dimension).includes(key)}
                />
              ))}
            </div>
          </details>
        ))}
      </fieldset>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <Checkbox name="shared" label={t("share")} defaultChecked={report.isShared} />
        <Button kind="primary" type="submit" isBusy={isBusy}>
          {t("save")}
        </Button>
      </div>
    </form>
  );
}
