"use client";

import { Dialog } from "@base-ui/react/dialog";
import { Command } from "cmdk";
import { CornerDownLeft, Users } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Kbd } from "@/components/ui/kbd";
import { paths } from "@/lib/paths";
import type { NavItem } from "./nav";
import { navIcons, navLetters } from "./nav-signs";
import { printKeys, type Shortcut } from "./shortcuts";

type Hit = { id: string; name: string; place: string | null; stageName: string };

type Props = { workspace: string; nav: readonly NavItem[]; shortcuts: readonly Shortcut[]; onClose: () => void };

/** People whose name, phone or e-mail carries what was typed; the answer to an older question is dropped. */
function useHits(workspace: string, text: string): Hit[] {
  const [hits, setHits] = useState<Hit[]>([]);
  const isAsked = text.trim().length >= 2;
  useEffect(() => {
    if (!isAsked) return undefined;
    const aborter = new AbortController();
    fetch(`${paths.api(workspace, "/search")}?q=${encodeURIComponent(text)}`, { signal: aborter.signal })
      .then((answer) => (answer.ok ? (answer.json() as Promise<{ hits: Hit[] }>) : { hits: [] }))
      .then((found) => setHits(found.hits))
      .catch(() => undefined);
    return () => aborter.abort();
  }, [workspace, text, isAsked]);
  return isAsked ? hits : [];
}

const itemStyle =
  "flex min-h-9 cursor-pointer items-center gap-3 rounded-control px-3 text-13 data-[selected=true]:bg-selected";

const signStyle = "size-4 flex-none text-ink-3";

/** One place for everything: find a person, go somewhere, do what this screen can do. */
export function CommandMenu({ workspace, nav, shortcuts, onClose }: Props) {
  const t = useTranslations("shell");
  const router = useRouter();
  const [text, setText] = useState("");
  const hits = useHits(workspace, text);
  const matches = (label: string) => label.toLowerCase().includes(text.trim().toLowerCase());
  const go = (run: () => void) => () => {
    onClose();
    run();
  };
  return (
    <Dialog.Root open onOpenChange={(open) => (open ? undefined : onClose())}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-veil" />
        <Dialog.Popup className="fixed inset-x-3 top-[12vh] z-50 mx-auto max-w-xl rounded-sheet bg-float shadow-float">
          <Dialog.Title className="sr-only">{t("command_menu")}</Dialog.Title>
          <Command label={t("command_menu")} shouldFilter={false}>
            <Command.Input
              value={text}
              onValueChange={setText}
              placeholder={t("command_placeholder")}
              className="h-12 w-full border-hairline border-b bg-transparent px-4 text-16 outline-none"
            />
            <Command.List className="max-h-[50vh] overflow-y-auto p-2" aria-label={t("command_menu")}>
              <Command.Empty className="px-3 py-6 text-13 text-ink-3">{t("nothing_found")}</Command.Empty>
              {hits.map((hit) => (
                <Command.Item
                  key={hit.id}
                  value={hit.id}
                  onSelect={go(() => router.push(paths.customer(workspace, hit.id)))}
                  className={itemStyle}
                >
                  <Users aria-hidden className={signStyle} strokeWidth={1.5} />
                  <bdi className="font-550">{hit.name}</bdi>
                  <span className="text-12 text-ink-3">{[hit.place, hit.stageName].filter(Boolean).join(" · ")}</span>
                </Command.Item>
              ))}
              {shortcuts
                .filter(({ keys, label }) => !isMovement(keys) && matches(label))
                .map(({ keys, label, run }) => (
                  <Command.Item key={keys} value={`key:${keys}`} onSelect={go(run)} className={itemStyle}>
                    <CornerDownLeft aria-hidden className={signStyle} strokeWidth={1.5} />
                    <span className="block first-letter:uppercase">{label}</span>
                    <Keys keys={keys} />
                  </Command.Item>
                ))}
              {nav
                .filter(({ label }) => matches(label))
                .map(({ key, href, label }) => {
                  const Icon = navIcons[key];
                  const letter = navLetters[key];
                  return (
                    <Command.Item key={href} value={href} onSelect={go(() => router.push(href))} className={itemStyle}>
                      <Icon aria-hidden className={signStyle} strokeWidth={1.5} />
                      {t("go_to", { place: label })}
                      {letter ? <Keys keys={`g ${letter}`} /> : null}
                    </Command.Item>
                  );
                })}
            </Command.List>
          </Command>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** Keys that only move the cursor, open this menu, or go to a place that has its own line. */
function isMovement(keys: string): boolean {
  return keys.startsWith("g ") || ["j", "k", "$mod+k", "Shift+?"].includes(keys) || keys.startsWith("Arrow");
}

function Keys({ keys }: { keys: string }) {
  return (
    <span className="ms-auto flex gap-1">
      {printKeys(keys).map((key) => (
        <Kbd key={key}>{key}</Kbd>
      ))}
    </span>
  );
}
