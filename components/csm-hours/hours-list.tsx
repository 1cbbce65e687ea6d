"use client";

import { X } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { DateTime } from "@/components/ui/date-time";
import { IconButton } from "@/components/ui/icon-button";
import { useWrite } from "@/components/ui/use-write";
import { removeCsmHoursAction } from "@/lib/csm-hours/actions";
import type { CsmHoursRow } from "@/lib/csm-hours/schema";
import { hoursOf } from "./words";

/** Time that was logged: whose, on which deal, how long, before or after the sale. */
export function HoursList({ workspace, rows }: { workspace: string; rows: readonly CsmHoursRow[] }) {
  const t = useTranslations("hours");
  const router = useRouter();
  const { isBusy, error, run } = useWrite();
  const remove = async (id: string) => {
    if (await run(() => removeCsmHoursAction(workspace, { id }))) router.refresh();
  };
  return (
    <>
      {error ? (
        <p role="alert" className="text-12 text-bad">
          {error}
        </p>
      ) : null}
      <ul aria-busy={isBusy}>
        {rows.map(({ id, memberName, customerName, minutes, spentOn, presale, note, mayRemove }) => (
          <li
            key={id}
            className="flex flex-wrap items-center gap-x-4 gap-y-0.5 border-hairline border-b py-1.5 text-13"
          >
            <span className="num w-14 font-550">{t("hours", { hours: hoursOf(minutes) })}</span>
            <span className="w-24 text-ink-2">
              <DateTime at={`${spentOn}T12:00:00.000Z`} shape="date" zone="UTC" />
            </span>
            <bdi className="min-w-32">{customerName}</bdi>
            <bdi className="text-ink-2">{memberName}</bdi>
            <span className="text-12 text-ink-3">{t(presale ? "before" : "after")}</span>
            <span dir="auto" className="min-w-0 flex-1 text-ink-2">
              {note}
            </span>
            {mayRemove ? (
              <IconButton
                icon={X}
                label={t("remove", { hours: hoursOf(minutes), name: memberName })}
                onClick={() => void remove(id)}
              />
            ) : null}
          </li>
        ))}
      </ul>
    </>
  );
}
