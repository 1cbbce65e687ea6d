import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { DateTime } from "@/components/ui/date-time";
import { SectionHead } from "@/components/ui/section-head";
import { paths } from "@/lib/paths";
import type { StandardView, VersionSummary } from "@/lib/standards/schema";
import { StandardActions } from "./standard-actions";
import { placeOf } from "./words";

type Props = { workspace: string; standards: readonly StandardView[]; canEdit: boolean; zone: string };

/** Every standard with the version in force and its history; ended ones stay readable. */
export function StandardList({ workspace, standards, canEdit, zone }: Props) {
  return (
    <div className="px-4 pb-10 md:px-7">
      {standards.map((standard) => (
        <Standard key={standard.id} workspace={workspace} standard={standard} canEdit={canEdit} zone={zone} />
      ))}
    </div>
  );
}

function Standard({ workspace, standard, canEdit, zone }: Omit<Props, "standards"> & { standard: StandardView }) {
  const t = useTranslations("standards");
  const common = useTranslations("common");
  const interactions = useTranslations("interactions");
  const name = placeOf(standard, common, interactions, (medium, type) => t("place", { medium, type }));
  return (
    <section aria-labelledby={standard.id}>
      <SectionHead id={standard.id} title={name} note={standard.retiredAt ? t("retired") : undefined}>
        {canEdit && !standard.retiredAt ? (
          <StandardActions workspace={workspace} id={standard.id} draftId={standard.draftId} name={name} />
        ) : null}
      </SectionHead>
      <ul>
        {standard.versions.map((version) => (
          <Version
            key={version.id}
            workspace={workspace}
            version={version}
            isInForce={version.id === standard.inForceId}
            zone={zone}
          />
        ))}
      </ul>
    </section>
  );
}

type VersionProps = { workspace: string; version: VersionSummary; isInForce: boolean; zone: string };

function Version({ workspace, version, isInForce, zone }: VersionProps) {
  const t = useTranslations("standards");
  const percent = new Intl.NumberFormat(useLocale(), { style: "percent" });
  const { number, status, effectiveFrom, publishedByName, criteria, evaluated, passMark } = version;
  const state = status === "draft" ? "draft" : isInForce ? "in_force" : "published";
  return (
    <li className="flex min-h-11 flex-wrap items-center gap-x-4 border-hairline border-t py-1 text-13">
      <Link href={paths.standard(workspace, version.id)} prefetch={false} className="font-550 hover:underline">
        {t("version", { number })}
      </Link>
      <span className={isInForce ? "" : "text-ink-3"}>{t(`states.${state}`)}</span>
      {effectiveFrom && number > 1 ? (
        <span className="text-12 text-ink-3">
          {t("from")} <DateTime at={effectiveFrom} shape="both" zone={zone} />
        </span>
      ) : null}
      {publishedByName ? (
        <span className="text-12 text-ink-3">
          {t("by")} <bdi>{publishedByName}</bdi>
        </span>
      ) : null}
      <span className="ms-auto text-12 text-ink-3">
        {t("facts", { count: criteria, mark: percent.format(passMark) })}
        {evaluated > 0 ? ` · ${t(evaluated >= 1000 ? "judged_many" : "judged", { count: evaluated })}` : ""}
      </span>
    </li>
  );
}
