import { Mail, MessageSquare, Phone } from "lucide-react";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { AskForm } from "@/components/contact/ask-form";
import { ContactArc } from "@/components/contact/contact-arc";
import { calledName, datesOf, initialsOf } from "@/components/contact/contact-words";
import { StopMessages } from "@/components/contact/stop-messages";
import { buttonStyle } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Messages } from "@/components/ui/messages";
import { AppError } from "@/lib/errors";
import { setLocale } from "@/lib/i18n/actions";
import { directionOf } from "@/lib/i18n/locales";
import { noteSeen } from "@/lib/links/commands";
import { asCustomer } from "@/lib/links/context";
import { getContactPage } from "@/lib/links/queries";
import type { ContactPage } from "@/lib/links/schema";
import { paths } from "@/lib/paths";
import { Agreed } from "./agreed";
import { NextStep } from "./next-step";
import { Promised } from "./promised";

export async function generateMetadata(): Promise<Metadata> {
  const title = (await getTranslations("contact"))("title");
  return { title: { absolute: title }, robots: { index: false, follow: false }, referrer: "no-referrer" };
}

async function readPage(token: string): Promise<ContactPage> {
  try {
    return await asCustomer(token, async (ctx, link) => {
      const page = await getContactPage(ctx, link.customerId);
      await noteSeen(ctx, link);
      return page;
    });
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  }
}

type Props = { params: Promise<{ token: string }>; searchParams: Promise<{ about?: string }> };

export default async function YourContactPage({ params, searchParams }: Props) {
  const { token } = await params;
  const page = await readPage(token);
  const t = await getTranslations("contact");
  const locale = await getLocale();
  const dates = datesOf(locale, page.timeZone);
  const osc = calledName(page.osc.name);
  const stations = page.stations.map((station) => ({
    ...station,
    label: t.has(`station.${station.key}`) ? t(`station.${station.key}`) : station.name,
  }));
  const step = stations.findIndex(({ isCurrent }) => isCurrent);
  const [first, second] = page.names;
  const names = first && second ? t("and", { first, second }) : (first ?? "");
  const about = (await searchParams).about === "time" && page.appointment;
  const what = page.appointment?.name ?? t("next_type.appointment");
  return (
    <main className="mx-auto min-h-dvh max-w-110 border-hairline border-x bg-sheet px-5.5 pt-4 pb-7 text-16">
      <header className="flex items-center justify-between text-14 text-ink-2">
        <b className="font-medium font-serif text-16 text-ink-1">
          <bdi>{page.company}</bdi>
        </b>
        <LanguageSwitch locale={locale} label={t("language")} />
      </header>
      <h1 className="mt-5 mb-1.5 text-balance font-serif text-28">
        {names ? t("greeting", { names, osc }) : t("greeting_nobody", { osc })}
      </h1>
      <ContactArc
        stations={stations}
        words={
          step >= 0
            ? t("where", {
                step: step + 1,
                total: stations.length,
                station: stations[step]?.label ?? "",
                osc: page.osc.name,
              })
            : t("where_none", { osc: page.osc.name })
        }
        initials={initialsOf(page.osc.name)}
        photo={page.osc.hasPhoto ? `${paths.customerPage(token)}/photo` : null}
        isRtl={directionOf(locale) === "rtl"}
      />
      <ol aria-label={t("steps")} className="sr-only">
        {stations.map(({ key, label, isDone, isCurrent }) => (
          <li key={key}>{t(isCurrent ? "step_now" : isDone ? "step_done" : "step_ahead", { station: label })}</li>
        ))}
      </ol>
      <div className="text-center">
        <b className="block font-medium font-serif text-20">
          <bdi>{page.osc.name}</bdi>
        </b>
        <span className="text-14 text-ink-2">
          {t("with_you", { date: dates.day(page.osc.since) })}
          {page.osc.hereUntil ? `, ${t("here_until", { time: dates.time(page.osc.hereUntil) })}` : null}
          {page.osc.awayUntil ? `, ${t("away", { date: dates.day(page.osc.awayUntil) })}` : null}
        </span>
      </div>
      {page.team.length > 0 ? (
        <ul aria-label={t("team")} className="mt-3 text-center text-14 text-ink-2">
          {page.team.map(({ name, spoke, spokeHe }) => (
            <li key={name}>
              {t.rich("team_member", {
                name: () => <bdi className="font-550 text-ink-1">{name}</bdi>,
                spoke: (locale === "he" && spokeHe) || spoke,
              })}
            </li>
          ))}
        </ul>
      ) : null}
      <Reach osc={page.osc} words={{ call: t("call"), text: t("text"), write: t("write") }} />
      <NextStep token={token} page={page} osc={osc} />
      <Agreed milestones={page.milestones} day={dates.day} />
      <Promised promises={page.promises} day={dates.day} />
      <section id="ask" className="border-hairline border-t py-4">
        {page.isWaiting ? <p className="pb-2 text-14 text-ink-2">{t("waiting", { osc })}</p> : null}
        <Messages namespaces={["contact"]}>
          <AskForm token={token} osc={osc} initialText={about ? t("other_time_text", { what }) : ""} />
        </Messages>
      </section>
      <footer className="border-hairline border-t pt-3 text-14 text-ink-2">
        <Messages namespaces={["contact"]}>
          <StopMessages token={token} isStopped={page.isStopped} />
        </Messages>
      </footer>
    </main>
  );
}

const others = { en: "עברית", he: "English" } as const;

function LanguageSwitch({ locale, label }: { locale: string; label: string }) {
  const other = locale === "he" ? "en" : "he";
  return (
    <form action={setLocale.bind(null, other)}>
      <button type="submit" className="min-h-11 px-1 hover:underline" lang={other} dir={directionOf(other)}>
        <span className="sr-only">{label}: </span>
        {others[other === "he" ? "en" : "he"]}
      </button>
    </form>
  );
}

type ReachProps = { osc: ContactPage["osc"]; words: { call: string; text: string; write: string } };

/** The ways to reach her; what is not there is not offered. */
function Reach({ osc, words }: ReachProps) {
  const ways = [
    { href: osc.phone ? `tel:${osc.phone}` : null, icon: Phone, label: words.call },
    { href: osc.phone ? `sms:${osc.phone}` : null, icon: MessageSquare, label: words.text },
    { href: osc.email ? `mailto:${osc.email}` : null, icon: Mail, label: words.write },
  ].filter(({ href }) => href !== null);
  return (
    <div className="mt-4 mb-5.5 flex gap-2.5">
      {ways.map(({ href, icon: Icon, label }, index) => (
        <a
          key={label}
          href={href ?? undefined}
          className={cn(
            buttonStyle({ kind: index === 0 ? "primary" : "plain" }),
            "h-12 flex-1 rounded-lg text-16 first:grow-[1.6]",
          )}
        >
          <Icon aria-hidden className="size-4.5" strokeWidth={1.5} />
          {label}
        </a>
      ))}
    </div>
  );
}
