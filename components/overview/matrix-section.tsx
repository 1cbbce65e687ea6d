"use client";

import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { SectionHead } from "@/components/ui/section-head";
import { SpokeCode } from "@/components/ui/spoke-code";
import { paths } from "@/lib/paths";
import type { MatrixCell, Overview } from "@/lib/reports/schema";

type Props = { workspace: string; overview: Overview };

/** Who stands where: stages down, departments across; every number is a link to those customers. */
export function MatrixSection({ workspace, overview }: Props) {
  const t = useTranslations("overview");
  const locale = useLocale();
  const { matrix, stages, spokes, total } = overview;
  const used = spokes.filter(({ id }) => matrix.some(({ spokeId }) => spokeId === id));
  const nameOf = (spoke: Overview["spokes"][number]) => (locale === "he" ? spoke.nameHe || spoke.name : spoke.name);
  const hasVersions = new Set(stages.map(({ templateName, number }) => `${templateName} ${number}`)).size > 1;
  const sum = (cells: readonly MatrixCell[]) => cells.reduce((all, { count }) => all + count, 0);
  const link = (query: string, label: string, count: number) =>
    count === 0 ? (
      <span className="text-ink-3">·</span>
    ) : (
      <Link
        href={paths.customers(workspace, query)}
        prefetch={false}
        className="num relative inline-block min-w-6 underline decoration-hairline-strong underline-offset-2"
      >
        <span className="sr-only">{label}: </span>
        {count}
      </Link>
    );
  if (matrix.length === 0) return null;
  return (
    <section aria-labelledby="matrix" className="relative overflow-x-auto">
      <SectionHead id="matrix" title={t("matrix")} note={t("matrix_note", { count: total })} />
      <table className="w-full min-w-xl border-collapse text-13">
        <thead>
          <tr>
            <th scope="col" className="py-2 pe-4 text-start text-12 font-medium text-ink-3">
              {t("stage")}
            </th>
            {used.map((spoke) => (
              <th key={spoke.id} scope="col" className="px-3 py-2 text-end text-12 font-medium">
                <SpokeCode code={spoke.code} position={spoke.position} name={nameOf(spoke)} />
              </th>
            ))}
            <th scope="col" className="py-2 ps-3 text-end text-12 font-medium text-ink-3">
              {t("all")}
            </th>
          </tr>
        </thead>
        <tbody>
          {stages.map((stage) => {
            const row = matrix.filter(({ stageId }) => stageId === stage.id);
            return (
              <tr key={stage.id} className="border-hairline border-t">
                <th scope="row" className="py-1.5 pe-4 text-start font-normal">
                  <bdi>{stage.name}</bdi>{" "}
                  {hasVersions ? (
                    <span className="ms-2 text-12 text-ink-3">
                      {t("version", { name: stage.templateName, number: stage.number })}
                    </span>
                  ) : null}
                </th>
                {used.map((spoke) => (
                  <td key={spoke.id} className="px-3 py-1.5 text-end">
                    {link(
                      `stage=${stage.id}&spoke=${spoke.key}`,
                      t("cell", { stage: stage.name, spoke: nameOf(spoke) }),
                      sum(row.filter(({ spokeId }) => spokeId === spoke.id)),
                    )}
                  </td>
                ))}
                <td className="py-1.5 ps-3 text-end font-550">{link(`stage=${stage.id}`, stage.name, sum(row))}</td>
              </tr>
            );
          })}
          <tr className="border-hairline-strong border-t">
            <th scope="row" className="py-1.5 pe-4 text-start font-550">
              {t("all")}
            </th>
            {used.map((spoke) => (
              <td key={spoke.id} className="px-3 py-1.5 text-end font-550">
                {link(`spoke=${spoke.key}`, nameOf(spoke), sum(matrix.filter(({ spokeId }) => spokeId === spoke.id)))}
              </td>
            ))}
            <td className="py-1.5 ps-3 text-end font-550">{link("", t("all"), total)}</td>
          </tr>
        </tbody>
      </table>
    </section>
  );
}
