"use client";

import { Check } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { useWrite } from "@/components/ui/use-write";
import { setCsmCapacityAction } from "@/lib/csm-hours/actions";
import { hoursOf } from "./words";

type Props = {
  workspace: string;
  memberId: string | null;
  name: string;
  minutesWeek: number | null;
  placeholder: string;
};

/** How many hours a week somebody has for deals; empty is as everybody, or not known. */
export function CapacityForm({ workspace, memberId, name, minutesWeek, placeholder }: Props) {
  const t = useTranslations("hours");
  const router = useRouter();
  const { isBusy, error, run } = useWrite();
  const stored = minutesWeek === null ? "" : hoursOf(minutesWeek);
  const [text, setText] = useState(stored);
  const save = async () => {
    const minutes = text.trim() === "" ? null : Math.round(Number(text) * 60);
    if (await run(() => setCsmCapacityAction(workspace, { memberId, minutesWeek: minutes }))) router.refresh();
  };
  return (
    <span className="flex items-center gap-1" aria-busy={isBusy}>
      <Input
        aria-label={`${t("week")}: ${name}`}
        type="number"
        min={0}
        max={168}
        step={0.5}
        dir="ltr"
        className="w-24"
        value={text}
        placeholder={placeholder}
        onChange={(event) => setText(event.target.value)}
      />
      {text === stored ? null : <IconButton icon={Check} label={t("set", { name })} onClick={save} />}
      {error ? (
        <span role="alert" className="text-12 text-bad">
          {error}
        </span>
      ) : null}
    </span>
  );
}
