import { buttonStyle } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { surveyWords } from "./survey-words";

/** What every survey ends with: room for her own words, and the button. */
export function SurveyEnd({ locale }: { locale: "en" | "he" }) {
  const t = surveyWords(locale);
  return (
    <>
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
    </>
  );
}
