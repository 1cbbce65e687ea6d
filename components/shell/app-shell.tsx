"use client";

import { Ellipsis } from "lucide-react";
import Link from "next/link";
import { usePathname, useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { cn } from "@/components/ui/cn";
import { late } from "@/components/ui/late";
import { Logo } from "@/components/ui/logo";
import { type Toast, undoToast, useToasts } from "@/components/ui/toast";
import { Toaster } from "@/components/ui/toaster";
import { paths } from "@/lib/paths";
import type { NavItem } from "./nav";
import { navIcons, navLetters } from "./nav-signs";
import { type Shortcut, ShortcutProvider, useShortcutList, useShortcuts } from "./shortcuts";
import { UnreadCount } from "./unread-count";

const CommandMenu = late(() => import("./command-menu").then((module) => module.CommandMenu));
const HelpSheet = late(() => import("./help-sheet").then((module) => module.HelpSheet));

const undoKeys = ["z", "$mod+z"];
const undoShortcut = (keys: string, toast: Toast): Shortcut => ({
  keys,
  label: toast.undo?.label ?? "",
  run: () => undoToast(toast),
});

type Props = { workspace: string; nav: readonly NavItem[]; foot: ReactNode; children: ReactNode };

/** Rail and sheet: the places on paper, the work on the sheet; a tab bar of four on phones. */
export function AppShell(props: Props) {
  return (
    <ShortcutProvider>
      <Frame {...props} />
    </ShortcutProvider>
  );
}

function Frame({ workspace, nav, foot, children }: Props) {
  const t = useTranslations("shell");
  const router = useRouter();
  const list = useShortcutList();
  const [open, setOpen] = useState<"menu" | "help" | null>(null);
  const [known, setKnown] = useState<Shortcut[]>([]);
  const show = (what: "menu" | "help") => () => {
    setKnown(list());
    setOpen(what);
  };
  useShortcuts([
    { keys: "$mod+k", label: t("command_menu"), run: show("menu") },
    { keys: "Shift+?", label: t("keys"), run: show("help") },
    ...nav.flatMap(({ key, href, label }) => {
      const letter = navLetters[key];
      return letter ? [{ keys: `g ${letter}`, label: t("go_to", { place: label }), run: () => router.push(href) }] : [];
    }),
  ]);
  const undoable = useToasts().findLast(({ undo }) => undo);
  useShortcuts(undoable?.undo ? undoKeys.map((keys) => undoShortcut(keys, undoable)) : []);
  return (
    <div className="min-h-dvh md:grid md:grid-cols-[188px_minmax(0,1fr)] print:block">
      <a href="#main" className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:bg-float focus:p-2">
        {t("skip")}
      </a>
      <nav aria-label={t("places")} className="no-print sticky top-0 hidden h-dvh flex-col gap-0.5 p-2.5 md:flex">
        <Link href={nav[0]?.href ?? paths.root()} className="mb-3 px-2 py-1">
          <Logo />
        </Link>
        {nav.map((item) => (
          <RailLink key={item.key} workspace={workspace} item={item} />
        ))}
        <div className="mt-auto grid gap-2 px-2">{foot}</div>
      </nav>
      <main id="main" className="min-h-dvh min-w-0 border-hairline bg-sheet pb-16 md:border-s md:pb-0 print:border-0">
        {children}
      </main>
      <nav
        aria-label={t("places")}
        className="no-print fixed inset-x-0 bottom-0 z-30 grid auto-cols-fr grid-flow-col border-hairline border-t bg-float md:hidden"
      >
        {nav.slice(0, 4).map((item) => (
          <TabLink key={item.key} item={item} />
        ))}
        {nav.length > 4 ? (
          <button
            type="button"
            aria-haspopup="dialog"
            onClick={show("menu")}
            className="grid justify-items-center gap-0.5 py-2.5 text-11 text-ink-3"
          >
            <Ellipsis aria-hidden className="size-5" strokeWidth={1.5} />
            {t("more")}
          </button>
        ) : null}
      </nav>
      {open === "menu" ? (
        <CommandMenu workspace={workspace} nav={nav} shortcuts={known} onClose={() => setOpen(null)} />
      ) : null}
      {open === "help" ? <HelpSheet shortcuts={known} onClose={() => setOpen(null)} /> : null}
      <Toaster />
    </div>
  );
}

function useIsCurrent(href: string): boolean {
  return usePathname().startsWith(href);
}

function RailLink({ workspace, item }: { workspace: string; item: NavItem }) {
  const Icon = navIcons[item.key];
  const isCurrent = useIsCurrent(item.href);
  return (
    <Link
      href={item.href}
      prefetch={false}
      aria-current={isCurrent ? "page" : undefined}
      className={cn(
        "flex h-7.5 items-center gap-2.5 rounded-control px-2 text-ink-2 hover:bg-hover",
        isCurrent ? "bg-sheet font-550 text-ink-1 outline-1 outline-hairline" : "font-450",
      )}
    >
      <Icon aria-hidden className="size-4" strokeWidth={1.5} />
      {item.label}
      {item.key === "notifications" ? <UnreadCount workspace={workspace} initial={item.count} /> : null}
    </Link>
  );
}

function TabLink({ item }: { item: NavItem }) {
  const Icon = navIcons[item.key];
  const isCurrent = useIsCurrent(item.href);
  return (
    <Link
      href={item.href}
      prefetch={false}
      aria-current={isCurrent ? "page" : undefined}
      className={cn(
        "grid justify-items-center gap-0.5 py-2.5 text-11",
        isCurrent ? "font-semibold text-accent-text" : "text-ink-3",
      )}
    >
      <Icon aria-hidden className="size-5" strokeWidth={1.5} />
      {item.label}
    </Link>
  );
}
