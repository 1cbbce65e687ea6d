"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import type { PairSide, PairView } from "@/lib/customers/pairs";
import { paths } from "@/lib/paths";
import { useReasonWords } from "./customer-words";

type Props = { workspace: string; pair: PairView; onMerge: () => void; onKeepApart: () => void };

/** One pair: both records, why they look alike, and the two decisions. */
export function PairRow({ workspace, pair, onMerge, onKeepApart }: Props) {
  const t = useTranslations("customers.duplicates");
  const words = useReasonWords();
  return (
    <li className="grid items-center gap-x-6 gap-y-2 border-hairline border-b px-4 py-3 md:grid-cols-[1fr_1fr_1fr_auto] md:px-7">
      <Side workspace={workspace} side={pair.first} />
      <Side workspace={workspace} side={pair.second} />
      <div>
        <p>
          {pair.reasons.map((reason, index) => (
            <span key={`${reason.kind}-${reason.kind === "name" ? "" : reason.value}`}>
              {index > 0 ? ", " : ""}
              <bdi>{words(reason)}</bdi>
            </span>
          ))}
        </p>
        <p className="num text-12 text-ink-3">{t("sure", { share: Math.round(pair.score * 100) })}</p>
      </div>
      <div className="flex gap-2">
        <Button onClick={onMerge}>{t("merge")}</Button>
        <Button kind="text" onClick={onKeepApart}>
          {t("distinct")}
        </Button>
      </div>
    </li>
  );
}

function Side({ workspace, side }: { workspace: string; side: PairSide }) {
  const t = useTranslations("customers.duplicates");
  return (
    <div className="min-w-0">
      <Link
        href={paths.customer(workspace, side.id)}
        prefetch={false}
        className="block truncate font-550 hover:underline"
      >
        <bdi>{side.name}</bdi>
      </Link>
      <p className="truncate text-12 text-ink-3">
        {[side.stage, side.place, side.oscName].filter(Boolean).join(" · ")}
        {" · "}
        {t("interactions", { count: side.interactions })}
      </p>
    </div>
  );
}
