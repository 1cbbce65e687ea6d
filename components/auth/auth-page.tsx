import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Logo } from "@/components/ui/logo";
import { SignWheel } from "./sign-wheel";

/** The frame of the pages before the workspace: one column for the work, the wheel beside it where there is room. */
export function AuthPage({ title, note, children }: { title: string; note?: string; children: ReactNode }) {
  const t = useTranslations("auth");
  return (
    <div className="grid min-h-dvh lg:grid-cols-[minmax(420px,5fr)_7fr]">
      <main className="flex flex-col border-hairline bg-sheet px-6 py-6 md:px-14 lg:border-e">
        <Logo />
        <div className="my-auto grid w-full max-w-sm gap-5 py-8">
          <div className="grid gap-1">
            <h1 className="title">{title}</h1>
            {note ? <p className="text-14 text-ink-2">{note}</p> : null}
          </div>
          {children}
        </div>
      </main>
      <div className="relative hidden place-items-center overflow-hidden bg-page lg:grid" aria-hidden>
        <SignWheel />
        <p className="absolute inset-0 m-auto grid h-fit max-w-44 text-balance text-center font-serif text-20">
          {t("hub")}
        </p>
      </div>
    </div>
  );
}
