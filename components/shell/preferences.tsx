"use client";

import { Languages, LogOut, Moon, Rows3 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { IconButton } from "@/components/ui/icon-button";
import { setDensity, setLocale, setTheme } from "@/lib/i18n/actions";

const nextTheme = { light: "dark", dark: "system", system: "light" } as const;

/** Language, theme, density and sign-out, one press each; they are remembered in this browser. */
export function Preferences({ signOut }: { signOut?: () => Promise<void> }) {
  const t = useTranslations("shell");
  const locale = useLocale();
  const router = useRouter();
  const change = (work: () => Promise<void>) => async () => {
    await work();
    router.refresh();
  };
  const turnTheme = async () => {
    const now = document.documentElement.dataset.theme as keyof typeof nextTheme;
    const next = nextTheme[now] ?? "light";
    document.documentElement.dataset.theme = next;
    await setTheme(next);
  };
  const turnDensity = () =>
    setDensity(document.documentElement.dataset.density === "compact" ? "comfortable" : "compact");
  return (
    <div className="-ms-2 flex">
      <IconButton
        icon={Languages}
        label={t("language")}
        onClick={change(() => setLocale(locale === "he" ? "en" : "he"))}
      />
      <IconButton icon={Moon} label={t("theme")} onClick={turnTheme} />
      <IconButton icon={Rows3} label={t("density")} onClick={change(turnDensity)} />
      {signOut ? (
        <form action={signOut}>
          <IconButton icon={LogOut} label={t("sign_out")} type="submit" />
        </form>
      ) : null}
    </div>
  );
}
