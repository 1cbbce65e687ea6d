import Link from "next/link";
import { useTranslations } from "next-intl";
import type { HandoffView } from "@/lib/handoffs/schema";
import { paths } from "@/lib/paths";
import { HandoffStanding } from "./handoff-line";

type Props = { workspace: string; handoff: HandoffView; nameOfSpoke: (id: string) => string };

/** Who receives what: every department of a handoff to several, with where it stands there. */
export function PartsList({ workspace, handoff: { id, parts, parentId }, nameOfSpoke }: Props) {
  const t = useTranslations("handoffs");
  if (parts.length === 0) return null;
  return (
    <section aria-label={t("parts")} className="text-13">
      <p className="text-ink-2">
        {t(parentId === null ? "parts_whole" : "parts_of", { count: parts.length })}{" "}
        {parentId === null ? null : (
          <Link
            href={paths.handoffs(workspace, `show=all&handoff=${parentId}`) as never}
            prefetch={false}
            className="text-12 underline underline-offset-2"
          >
            {t("to_whole")}
          </Link>
        )}
      </p>
      <ul>
        {parts.map((part) => (
          <li
            key={part.id}
            aria-current={part.id === id ? "true" : undefined}
            className="flex flex-wrap items-baseline gap-x-4 border-hairline border-b py-1.5 aria-current:bg-selected"
          >
            <Link
              href={paths.handoffs(workspace, `show=all&handoff=${part.id}`) as never}
              prefetch={false}
              className="min-w-40 underline decoration-hairline-strong underline-offset-2"
            >
              {nameOfSpoke(part.toSpokeId)}
            </Link>
            <bdi className="min-w-32 text-ink-2">{part.toName ?? ""}</bdi>
            <HandoffStanding state={part.state} />
          </li>
        ))}
      </ul>
    </section>
  );
}
