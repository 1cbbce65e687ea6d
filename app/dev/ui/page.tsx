import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Logo } from "@/components/ui/logo";
import { Messages } from "@/components/ui/messages";
import { Wheel } from "@/components/wheel/wheel";
import { WheelLegend } from "@/components/wheel/wheel-legend";
import { WheelMobile } from "@/components/wheel/wheel-mobile";
import { directionOf, localeOf } from "@/lib/i18n/locales";
import { Handover } from "./handover";
import { Parts } from "./parts";
import { newLead, offTrack, onTrack } from "./stories";

/** Every part of the design system on one page; there only while developing, or when it is asked for. */
export default async function GalleryPage() {
  if (process.env.NODE_ENV === "production" && process.env.WHEELHOUSE_GALLERY !== "1") notFound();
  const locale = localeOf(await getLocale(), null);
  const isRtl = directionOf(locale) === "rtl";
  const t = await getTranslations("wheel");
  const rings = [t("ring.day"), t("ring.week"), t("ring.month")] as const;
  const stories = [onTrack(locale), offTrack(locale), newLead(locale)];
  return (
    <Messages namespaces={["shell", "wheel"]}>
      <main className="min-h-dvh bg-sheet">
        <header className="flex items-center gap-4 border-hairline border-b px-4 py-3 md:px-7">
          <Logo />
          <h1 className="text-13 text-ink-3">Gallery</h1>
        </header>
        <Parts />
        {stories.map((view) => (
          <Story key={view.statement + view.customerName} name={view.statement}>
            <div className="hidden px-4 md:block">
              <Wheel view={view} isRtl={isRtl} ringLabels={rings} />
              <WheelLegend />
            </div>
            <div className="px-1.5 md:hidden">
              <WheelMobile view={view} isRtl={isRtl} />
            </div>
          </Story>
        ))}
        <Story name="Live">
          <Handover view={onTrack(locale)} isRtl={isRtl} ringLabels={rings} />
        </Story>
      </main>
    </Messages>
  );
}

function Story({ name, children }: { name: string; children: ReactNode }) {
  return (
    <section data-story={name} className="border-hairline border-b py-4">
      <h2 className="max-w-[46em] text-balance px-4 pb-2 text-20 md:px-7">{name}</h2>
      {children}
    </section>
  );
}
