import Link from "next/link";
import { useTranslations } from "next-intl";
import { SectionHead } from "@/components/ui/section-head";
import type { ImportReport, UndoResult } from "@/lib/imports/schema";
import { paths } from "@/lib/paths";

/** How many names are listed before the rest is counted. */
const named = 50;

/** Whom the undo left, because somebody has worked on them. */
export function ImportKept({ workspace, undo }: { workspace: string; undo: UndoResult | null }) {
  const t = useTranslations("imports.report");
  if (!undo || undo.keptCount === 0) return null;
  const shown = undo.kept.slice(0, named);
  return (
    <section aria-labelledby="kept">
      <SectionHead id="kept" title={t("keptTitle")} />
      <ul className="grid gap-1 text-13">
        {shown.map(({ id, name }) => (
          <li key={id}>
            <Link href={paths.customer(workspace, id)} prefetch={false} className="text-accent-text hover:underline">
              <bdi>{name}</bdi>
            </Link>
          </li>
        ))}
        {undo.keptCount > shown.length ? (
          <li className="text-ink-2">{t("keptMore", { count: undo.keptCount - shown.length })}</li>
        ) : null}
      </ul>
    </section>
  );
}

/** Customers that arrived although something about them is odd. */
export function ImportFlagged({ workspace, flagged }: { workspace: string; flagged: ImportReport["flagged"] }) {
  const t = useTranslations("imports");
  if (flagged.length === 0) return null;
  return (
    <section aria-labelledby="flagged">
      <SectionHead id="flagged" title={t("report.flaggedTitle")} />
      <ul className="grid gap-1 text-13">
        {flagged.map(({ id, name, flag }) => (
          <li key={id}>
            <Link href={paths.customer(workspace, id)} prefetch={false} className="text-accent-text hover:underline">
              <bdi>{name}</bdi>
            </Link>{" "}
            <span className="text-ink-2">{t.has(`flags.${flag}`) ? t(`flags.${flag}`) : flag}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
