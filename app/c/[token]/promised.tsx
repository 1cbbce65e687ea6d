import { getTranslations } from "next-intl/server";
import { StatusMark } from "@/components/ui/status-mark";
import type { ContactPage } from "@/lib/links/schema";

type Props = { promises: ContactPage["promises"]; day: (at: string) => string };

/** What she was promised, by whom and by when; a late promise is told in a sentence, not in red. */
export async function Promised({ promises, day }: Props) {
  const t = await getTranslations("contact");
  if (promises.length === 0) return null;
  return (
    <section className="border-hairline border-t py-4">
      <h2 className="mb-0.5 text-14 text-ink-2">{t("promised")}</h2>
      <ul>
        {promises.map(({ id, text, who, dueAt, state }) => (
          <li key={id} className="grid grid-cols-[22px_minmax(0,1fr)_auto] items-baseline gap-2 py-1.75 text-14">
            <StatusMark state={state === "kept" ? "good" : "active"} />
            <span className={state === "kept" ? "text-ink-2" : undefined}>
              {t.rich("promise_from", { what: () => <bdi>{text}</bdi>, name: () => <bdi>{who}</bdi> })}
            </span>
            <span className="max-w-36 text-ink-2">
              {state === "kept"
                ? t("promise_kept")
                : state === "late"
                  ? t("promise_late", { who })
                  : t("promise_by", { date: day(dueAt) })}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
