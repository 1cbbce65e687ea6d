import { buttonStyle } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import type { Locale } from "@/lib/i18n/locales";
import { answerOfferAction } from "@/lib/offers/actions";
import { answerForm } from "./offer-lines";
import type { OfferWords } from "./offer-words";

const box = "rounded-lg border border-hairline-strong bg-sheet px-3.25 text-16";

/** Yes or no under her name; any browser sends it, with or without scripts. */
export function OfferForm({ token, locale, words: { t } }: { token: string; locale: Locale; words: OfferWords }) {
  return (
    <form
      id={answerForm}
      action={answerOfferAction.bind(null, token, locale)}
      aria-label={t("answer")}
      className="grid gap-4 border-hairline border-t py-4"
    >
      <h2 className="font-medium font-serif text-20">{t("answer")}</h2>
      <div className="grid gap-1">
        <label htmlFor="name">{t("name")}</label>
        <input
          id="name"
          name="name"
          required
          maxLength={200}
          autoComplete="name"
          dir="auto"
          aria-describedby="name-hint"
          className={cn(box, "h-12")}
        />
        <span id="name-hint" className="text-14 text-ink-2">
          {t("name_hint")}
        </span>
      </div>
      <div className="grid gap-1">
        <label htmlFor="comment">{t("comment")}</label>
        <textarea
          id="comment"
          name="comment"
          rows={3}
          maxLength={2000}
          dir="auto"
          className={cn(box, "min-h-20 py-2.5")}
        />
      </div>
      <div className="flex flex-wrap gap-2.5">
        <button
          type="submit"
          name="decision"
          value="accepted"
          className={cn(buttonStyle({ kind: "primary" }), "h-12 grow rounded-lg text-16")}
        >
          {t("accept")}
        </button>
        <button
          type="submit"
          name="decision"
          value="declined"
          className={cn(buttonStyle({ kind: "plain" }), "h-12 rounded-lg text-16")}
        >
          {t("decline")}
        </button>
      </div>
    </form>
  );
}
