import type { ReactNode } from "react";
import { Logo } from "@/components/ui/logo";

/** The frame of the pages before the workspace: the sign, one column, nothing else. */
export function AuthPage({ title, note, children }: { title: string; note?: string; children: ReactNode }) {
  return (
    <main className="mx-auto grid min-h-dvh max-w-sm content-center gap-6 px-5 py-10">
      <Logo />
      <div className="grid gap-1">
        <h1 className="title">{title}</h1>
        {note ? <p className="text-14 text-ink-2">{note}</p> : null}
      </div>
      {children}
    </main>
  );
}
