import { apart } from "@/components/ui/apart";
import { answerRelationshipAction } from "@/lib/responses/actions";
import { Choice } from "./choice";
import { SurveyEnd } from "./survey-end";
import { surveyWords } from "./survey-words";

const scale = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as const;

type Props = { token: string; locale: "en" | "he"; company: string };

/** One question about the relationship as a whole, and a comment. */
export function RelationshipForm({ token, locale, company }: Props) {
  const t = surveyWords(locale);
  return (
    <form action={answerRelationshipAction.bind(null, token, locale)} className="grid gap-7">
      <fieldset>
        <legend className="mb-2.5 font-medium font-serif text-20">{t("recommend", { company: apart(company) })}</legend>
        <div className="grid grid-cols-6 gap-1.5">
          {scale.map((value) => (
            <Choice key={value} name="nps" value={value} label={String(value)} isSquare />
          ))}
        </div>
        <p className="mt-1.5 flex justify-between text-14 text-ink-2">
          <span>{t("recommend_0")}</span>
          <span>{t("recommend_10")}</span>
        </p>
      </fieldset>
      <SurveyEnd locale={locale} />
    </form>
  );
}
