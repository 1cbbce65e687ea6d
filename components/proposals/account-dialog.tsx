"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Problem } from "@/components/ui/problem";
import { useWrite } from "@/components/ui/use-write";
import { setParentAction } from "@/lib/accounts/actions";
import type { AccountView } from "@/lib/accounts/schema";
import { paths } from "@/lib/paths";

type Hit = { id: string; name: string; place: string | null };
type Props = { workspace: string; customerId: string; account: AccountView; onClose: () => void };

/** Records whose name, phone or e-mail carries what was typed; null until something was asked. */
function useHits(workspace: string, text: string): Hit[] | null {
  const [hits, setHits] = useState<Hit[] | null>(null);
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
  return isAsked ? hits : null;
}

/** Which account a record belongs to: found by name, or none. */
export function AccountDialog({ workspace, customerId, account, onClose }: Props) {
  const t = useTranslations("account");
  const router = useRouter();
  const { isBusy, error, run } = useWrite();
  const [text, setText] = useState("");
  const hits = useHits(workspace, text)?.filter(({ id }) => id !== customerId) ?? null;
  const save = async (parentId: string | null) => {
    if (!(await run(() => setParentAction(workspace, { customerId, version: account.version, parentId })))) return;
    onClose();
    router.refresh();
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t("title")}
      description={t("note")}
      footer={
        account.parent ? (
          <Button isBusy={isBusy} onClick={() => void save(null)}>
            {t("none")}
          </Button>
        ) : null
      }
    >
      <div className="grid gap-3">
        <Field label={t("find")} hint={t("find_hint")}>
          {(control) => (
            <Input
              {...control}
              dir="auto"
              maxLength={200}
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          )}
        </Field>
        <ul aria-label={t("found")} aria-live="polite" className="grid max-h-60 gap-1 overflow-y-auto">
          {(hits ?? []).map((hit) => (
            <li key={hit.id}>
              <button
                type="button"
                disabled={isBusy}
                onClick={() => void save(hit.id)}
                className="flex min-h-9 w-full items-baseline gap-3 rounded-control px-2 text-start text-13 hover:bg-selected"
              >
                <bdi className="font-550">{hit.name}</bdi>
                <bdi className="text-12 text-ink-3">{hit.place}</bdi>
              </button>
            </li>
          ))}
        </ul>
        {hits?.length === 0 ? <p className="text-13 text-ink-3">{t("none_found")}</p> : null}
        <Problem text={error} />
      </div>
    </Dialog>
  );
}
