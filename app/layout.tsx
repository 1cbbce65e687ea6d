import { GeistSans } from "geist/font/sans";
import type { Metadata, Viewport } from "next";
import localFont from "next/font/local";
import { cookies, headers } from "next/headers";
import { getLocale } from "next-intl/server";
import type { ReactNode } from "react";
import { Awake } from "@/components/ui/awake";
import { directionOf, themes } from "@/lib/i18n/locales";
import "./globals.css";
import { understood } from "@/lib/server/arrivals";

const newsreader = localFont({
  src: "../node_modules/@fontsource-variable/newsreader/files/newsreader-latin-wght-normal.woff2",
  weight: "200 800",
  variable: "--font-newsreader",
  adjustFontFallback: "Times New Roman",
});

export const metadata: Metadata = {
  title: { default: "Wheelhouse", template: "%s · Wheelhouse" },
  description: "Every customer is a hub.",
};

export const viewport: Viewport = { width: "device-width", initialScale: 1 };

export default async function RootLayout({ children }: { children: ReactNode }) {
  understood();
  await headers(); // each page carries its own nonce, so none is rendered ahead of its request
  const jar = await cookies();
  const locale = await getLocale();
  const theme = themes.find((each) => each === jar.get("theme")?.value) ?? "system";
  const density = jar.get("density")?.value === "compact" ? "compact" : "comfortable";
  return (
    <html
      lang={locale}
      dir={directionOf(locale)}
      data-theme={theme}
      data-density={density}
      className={`${GeistSans.variable} ${newsreader.variable}`}
      suppressHydrationWarning
    >
      <body>
        {children}
        <Awake />
      </body>
    </html>
  );
}
