import { apart } from "@/components/ui/apart";
import { cn } from "@/components/ui/cn";
import { answerSurveyAction } from "@/lib/responses/actions";
import type { ContactPage } from "@/lib/responses/schema";
import { Choice } from "./choice";
import { SurveyEnd } from "./survey-end";
import { surveyWords } from "./survey-words";

const compared = [-2, -1, 0, 1, 2] as const;
const second = {
  outcome: { name: "outcome", scale: [1, 2, 3, 4, 5], columns: "grid-cols-5 gap-1.5" },
  csat: { name: "csat", scale: [1, 2, 3, 4, 5], columns: "grid-cols-5 gap-1.5" },
  ease: { name: "ces", scale: [1, 2, 3, 4, 5, 6, 7], columns: "grid-cols-7 gap-1" },
} as const;

type Props = { token: string; locale: "en" | "he" } & Pick<ContactPage, "asks" | "company">;

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
      <SurveyEnd locale={locale} />
    </form>
  );
}
