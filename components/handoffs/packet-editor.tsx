"use client";

import { Pencil } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { Textarea } from "@/components/ui/textarea";
import { useWrite } from "@/components/ui/use-write";
import { fillPacketItemAction } from "@/lib/handoffs/actions";
import type { PacketItemView, PacketView } from "@/lib/handoffs/schema";
import { ItemStanding, ItemWords, Reasked } from "./packet-facts";

type Props = { workspace: string; packet: PacketView; mayFill: boolean };

/** A journey's packet as it stands, each item with the stage that knows it, to write where one may. */
export function PacketEditor({ workspace, packet, mayFill }: Props) {
  const t = useTranslations("handoffs");
  const [openKey, setOpenKey] = useState<string | null>(null);
  return (
    <ul>
      {packet.items.map((item) => (
        <li
          key={item.key}
          className="grid gap-x-6 gap-y-1 border-hairline border-t py-2.5 md:grid-cols-[minmax(0,14rem)_minmax(0,1fr)_8rem_2rem] print:grid-cols-[10rem_minmax(0,1fr)_5rem] print:gap-x-3 print:py-1"
        >
          <div>
            <h3 className="font-550 text-13">{t(`item.${item.key}`)}</h3>
            <p className="text-12 text-ink-3 print:hidden">
              {item.isMandatory ? `${t("mandatory")} · ` : ""}
              {item.stageName ? t("owned_by", { stage: item.stageName }) : ""}
            </p>
          </div>
          {openKey === item.key ? (
            <ItemForm workspace={workspace} packet={packet} item={item} onDone={() => setOpenKey(null)} />
          ) : (
            <ItemWords item={item} />
          )}
          <span>
            <ItemStanding isPresent={item.isPresent} />
            <Reasked count={item.reasked} />
          </span>
          {mayFill && openKey !== item.key ? (
            <span className="no-print">
              <IconButton
                icon={Pencil}
                label={t("edit", { item: t(`item.${item.key}`) })}
                onClick={() => setOpenKey(item.key)}
              />
            </span>
          ) : null}
        </li>
      ))}
    </ul>
  );
}

type FormProps = { workspace: string; packet: PacketView; item: PacketItemView; onDone: () => void };

function ItemForm({ workspace, packet, item, onDone }: FormProps) {
  const t = useTranslations("handoffs");
  const router = useRouter();
  const { isBusy, error, run } = useWrite();
  const [text, setText] = useState(item.text);
  const [isApplicable, setApplicable] = useState(item.isApplicable);
  const mayNotApply = !item.isMandatory || item.key === "promises";
  const save = async () => {
    const { customerId, journeyId } = packet;
    const input = { customerId, journeyId, key: item.key, text, isApplicable, version: item.version };
    if (!(await run(() => fillPacketItemAction(workspace, input)))) return;
    onDone();
    router.refresh();
  };
  return (
    <div className="grid gap-2" aria-busy={isBusy}>
      <Field label={t(`item.${item.key}`)} error={error ?? undefined}>
        {(control) => (
          <Textarea
            {...control}
            dir="auto"
            maxLength={4000}
            value={isApplicable ? text : ""}
            disabled={!isApplicable}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
      {mayNotApply ? (
        <Checkbox
          label={t(item.key === "promises" ? "none_made" : "applies_not")}
          checked={!isApplicable}
          onChange={(event) => setApplicable(!event.target.checked)}
        />
      ) : null}
      <div className="flex gap-2">
        <Button kind="primary" isBusy={isBusy} onClick={save}>
          {t("save")}
        </Button>
        <Button onClick={onDone}>{t("close")}</Button>
      </div>
    </div>
  );
}
