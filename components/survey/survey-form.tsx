import { apart } from "@/components/ui/apart";
import { buttonStyle } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { answerSurveyAction } from "@/lib/responses/actions";
import type { SurveyPage } from "@/lib/responses/schema";
import { surveyWords } from "./survey-words";

const compared = [-2, -1, 0, 1, 2] as const;
const second = {
  outcome: { name: "outcome", scale: [1, 2, 3, 4, 5], columns: "grid-cols-5 gap-1.5" },
  csat: { name: "csat", scale: [1, 2, 3, 4, 5], columns: "grid-cols-5 gap-1.5" },
  ease: { name: "ces", scale: [1, 2, 3, 4, 5, 6, 7], columns: "grid-cols-7 gap-1" },
} as const;

type Props = { token: string; locale: "en" | "he" } & Pick<SurveyPage, "asks" | "company">;

/** Two questions and a comment: radio buttons that any browser knows, each a target for a thumb. */
export function SurveyForm({ token, locale, asks, company }: Props) {
  const t = surveyWords(locale);
  const { name, scale, columns } = second[asks];
  return (
    <form action={answerSurveyAction.bind(null, token, locale)} className="grid gap-7">
      <fieldset>
        <legend className="mb-2.5 font-medium font-serif text-20">{t("compared")}</legend>
        <div className="grid gap-1.5">
          {compared.toReversed().map((value) => (
            <Choice key={value} name="disconfirmation" value={value} label={t(`compared_${value + 2}`)} />
          ))}
        </div>
      </fieldset>
      <fieldset>
        <legend className="mb-2.5 font-medium font-serif text-20">{t(asks, { company: apart(company) })}</legend>
        <div className={cn("grid", columns)}>
          {scale.map((value) => (
            <Choice key={value} name={name} value={value} label={String(value)} isSquare />
          ))}
        </div>
        <p className="mt-1.5 flex justify-between text-14 text-ink-2">
          <span>{t(`${asks}_1`)}</span>
          <span>{t(`${asks}_${scale.length}`)}</span>
        </p>
      </fieldset>
      <div className="grid gap-1.5">
        <label htmlFor="comment" className="font-medium font-serif text-20">
          {t("comment")}
        </label>
        <textarea
          id="comment"
          name="comment"
          rows={4}
          maxLength={4000}
          dir="auto"
          className="min-h-24 rounded-lg border border-hairline-strong bg-sheet px-3.25 py-2.5 text-16"
        />
      </div>
      <button type="submit" className={cn(buttonStyle({ kind: "primary" }), "h-12 rounded-lg text-16")}>
        {t("send")}
      </button>
    </form>
  );
}

type ChoiceProps = { name: string; value: number; label: string; isSquare?: boolean };

function Choice({ name, value, label, isSquare = false }: ChoiceProps) {
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
