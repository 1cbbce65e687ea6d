import { NextIntlClientProvider } from "next-intl";
import { getLocale, getMessages } from "next-intl/server";
import type { ReactNode } from "react";

/** Hands the named namespaces to the client components inside; the others stay on the server. `common` always comes. */
export async function Messages({ namespaces, children }: { namespaces: readonly string[]; children: ReactNode }) {
  const all = await getMessages();
  const picked = Object.fromEntries(["common", ...namespaces].map((name) => [name, all[name]]));
  return (
    <NextIntlClientProvider locale={await getLocale()} messages={picked} timeZone="UTC">
      {children}
    </NextIntlClientProvider>
  );
}
