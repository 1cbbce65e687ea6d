import { getLocale, getTranslations } from "next-intl/server";
import { datesOf } from "@/components/contact/contact-words";
import type { ContactPage } from "@/lib/links/schema";
import { paths } from "@/lib/paths";

const link = "inline-flex min-h-11 items-center font-medium text-accent-text underline underline-offset-4";

/** What happens next, in her words: the appointment with its time, or who does what by when. Lateness is told, not shown. */
export async function NextStep({ token, page, osc }: { token: string; page: ContactPage; osc: string }) {
  const t = await getTranslations("contact");
  const dates = datesOf(await getLocale(), page.timeZone);
  const { appointment, next } = page;
  if (!appointment && !page.isOpen) return null;
  const words = next && t.has(`next_type.${next.type}`) ? `next_type.${next.type}` : "next_type.other";
  return (
    <section className="border-hairline border-t py-4">
      <h2 className="mb-0.5 text-14 text-ink-2">{t("next")}</h2>
      {appointment ? (
        <>
          <p className="font-medium font-serif text-20">
            <bdi>{appointment.name ?? t("next_type.appointment")}</bdi>
          </p>
          <p>
            <time dateTime={appointment.startAt}>
              {dates.weekday(appointment.startAt, appointment.timeZone)},{" "}
              {dates.time(appointment.startAt, appointment.timeZone)}
            </time>
          </p>
          <p>
            {appointment.place ? (
              <>
                <bdi>{appointment.place}</bdi>,{" "}
              </>
            ) : null}
            {t("with", { who: appointment.host })}
          </p>
          <p className="mt-2 flex flex-wrap gap-x-4.5">
            <a href={`${paths.customerPage(token)}/calendar.ics`} className={link}>
              {t("calendar")}
            </a>
            <a href="?about=time#ask" className={link}>
              {t("other_time")}
            </a>
          </p>
        </>
      ) : next?.isLate ? (
        <p>{t("next_late", { who: next.who })}</p>
      ) : next ? (
        <>
          <p className="font-medium font-serif text-20">{t(words, { who: next.who })}</p>
          {next.dueAt ? <p>{t("next_by", { date: dates.weekday(next.dueAt) })}</p> : null}
        </>
      ) : (
        <p>{t("next_none", { osc })}</p>
      )}
    </section>
  );
}
