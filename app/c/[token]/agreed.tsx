import { getLocale, getTranslations } from "next-intl/server";
import { StatusMark } from "@/components/ui/status-mark";
import type { ContactPage } from "@/lib/links/schema";

type Props = { milestones: ContactPage["milestones"]; day: (at: string) => string };

/** What was agreed for the time after the sale, in her language where it was written; what is late is told in a sentence, not in red. */
export async function Agreed({ milestones, day }: Props) {
  const t = await getTranslations("contact");
  const locale = await getLocale();
  if (milestones.length === 0) return null;
  return (
    <section className="border-hairline border-t py-4">
      <h2 className="mb-0.5 text-14 text-ink-2">{t("agreed")}</h2>
      <ol>
        {milestones.map(({ id, name, nameHe, dueAt, state }) => (
          <li key={id} className="grid grid-cols-[22px_minmax(0,1fr)_auto] items-baseline gap-2 py-1.75 text-14">
            <StatusMark state={state === "done" ? "good" : state === "open" ? "idle" : "active"} />
            <bdi className={state === "done" ? "text-ink-2" : undefined}>{(locale === "he" && nameHe) || name}</bdi>
            <span className="max-w-36 text-ink-2">
              {state === "open" ? t("milestone_by", { date: day(dueAt) }) : t(`milestone_${state}`)}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
