"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { useErrorWords } from "@/components/ui/error-words";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Problem } from "@/components/ui/problem";
import { Select } from "@/components/ui/select";
import { say } from "@/components/ui/toast";
import { useSubmit } from "@/components/ui/use-submit";
import { interactionTypes } from "@/lib/journeys/vocabulary";
import { setSurveyAction } from "@/lib/responses/actions";
import { secondQuestion } from "@/lib/responses/rules";
import { type SurveySettings, secondQuestions } from "@/lib/responses/schema";

type Props = { workspace: string; settings: SurveySettings };

const shares = ["probability", "target"] as const;
const percent = (share: number) => Math.round(share * 1000) / 10;
const fieldOf = (type: string) => `second ${type}`;

/** The questions chosen for types of contact; what the form does not show stays as it is. */
function secondsIn(form: FormData, kept: SurveySettings["seconds"]): SurveySettings["seconds"] {
  const seconds = { ...kept };
  for (const type of interactionTypes) {
    const chosen = secondQuestions.find((each) => each === form.get(fieldOf(type)));
    if (chosen) seconds[type] = chosen;
    else delete seconds[type];
  }
  return seconds;
}

/** Whether customers are asked, how many, and which question stands beside the comparison. */
export function SurveyForm({ workspace, settings }: Props) {
  const t = useTranslations("settings.surveys");
  const common = useTranslations("common");
  const interactions = useTranslations("interactions");
  const errorWords = useErrorWords();
  const router = useRouter();
  const { formProps, isBusy, error } = useSubmit(
    (form) => {
      const share = (key: string) => Number(form.get(key)) / 100;
      return setSurveyAction(workspace, {
        version: settings.version,
        isOn: form.has("isOn"),
        asksRelationship: form.has("asksRelationship"),
        probability: share("probability"),
        target: share("target"),
        seconds: secondsIn(form, settings.seconds),
      });
    },
    () => {
      void say(common("saved"));
      router.refresh();
    },
  );
  const limits = { probability: { min: 0.1, max: 100 }, target: { min: 0.1, max: 99.9 } };
  return (
    <form {...formProps} className="grid max-w-2xl gap-4 py-4" key={settings.version}>
      <Checkbox name="isOn" label={t("is_on")} defaultChecked={settings.isOn} />
      <div>
        <Checkbox name="asksRelationship" label={t("relationship")} defaultChecked={settings.asksRelationship} />
        <p className="ps-6 text-12 text-ink-3">{t("relationship_hint")}</p>
      </div>
      <div className="grid gap-4 sm:grid-cols-2">
        {shares.map((key) => (
          <Field
            key={key}
            label={t(key)}
            hint={t(`${key}_hint`)}
            error={error?.fields?.[key] ? common("errors.invalid") : undefined}
          >
            {(control) => (
              <Input
                {...control}
                {...limits[key]}
                name={key}
                type="number"
                step={0.1}
                defaultValue={percent(settings[key])}
                required
              />
            )}
          </Field>
        ))}
      </div>
      <fieldset className="grid gap-3">
        <legend className="mb-2 font-550 text-14">{t("seconds")}</legend>
        <p className="text-13 text-ink-2">{t("seconds_note")}</p>
        <div className="grid gap-4 sm:grid-cols-2">
          {interactionTypes.map((type) => (
            <Field key={type} label={interactions(`types.${type.replaceAll(/[ /]/g, "_")}`)}>
              {(control) => (
                <Select
                  {...control}
                  name={fieldOf(type)}
                  defaultValue={settings.seconds[type] ?? ""}
                  options={[
                    { value: "", label: t("usual", { question: t(`question.${secondQuestion(type, {})}`) }) },
                    ...secondQuestions.map((value) => ({ value, label: t(`question.${value}`) })),
                  ]}
                />
              )}
            </Field>
          ))}
        </div>
      </fieldset>
      <Problem text={error && !error.fields ? errorWords(error) : null} />
      <div>
        <Button type="submit" kind="primary" isBusy={isBusy}>
          {common("save")}
        </Button>
      </div>
    </form>
  );
}
