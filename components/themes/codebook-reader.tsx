"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { DateTime } from "@/components/ui/date-time";
import { PageHead } from "@/components/ui/page-head";
import { SectionHead } from "@/components/ui/section-head";
import { useWrite } from "@/components/ui/use-write";
import { paths } from "@/lib/paths";
import { draftCodebookAction } from "@/lib/themes/actions";
import type { CodebookState } from "@/lib/themes/schema";
import { definedIn, namedIn } from "./words";

type Props = { workspace: string; codebook: CodebookState; mayEdit: boolean };

/** The codebook in force: every theme, what it means, and the words that point to it. */
export function CodebookReader({ workspace, codebook: { inForce, versions }, mayEdit }: Props) {
  const t = useTranslations("themes");
  const locale = useLocale();
  const router = useRouter();
  const { isBusy, error, run } = useWrite();
  const begin = async () => {
    if (await run(() => draftCodebookAction(workspace, {}))) router.refresh();
  };
  return (
    <>
      <PageHead
        title={t("codebook.title")}
        above={
          <Link href={paths.themes(workspace)} className="underline underline-offset-2">
            {t("title")}
          </Link>
        }
        statement={t("codebook.in_force", { number: inForce.number, count: inForce.themes.length })}
      >
        {mayEdit ? (
          <Button kind="primary" onClick={begin} isBusy={isBusy}>
            {t("codebook.draft")}
          </Button>
        ) : null}
      </PageHead>
      <div className="px-4 pb-10 md:px-7">
        {error ? (
          <p role="alert" className="pt-3 text-13 text-bad">
            {error}
          </p>
        ) : null}
        <ul className="pt-2">
          {inForce.themes.map((theme) => (
            <li
              key={theme.themeId}
              className="grid gap-x-5 gap-y-1 border-hairline border-b py-2.5 text-13 md:grid-cols-[14rem_minmax(0,1fr)]"
            >
              <span>
                <b className="block font-550 text-14">{namedIn(locale, theme)}</b>
                <bdi className="text-12 text-ink-3">{definedIn(locale, theme.definition)}</bdi>
              </span>
              <span className="grid gap-1 text-12 text-ink-2">
                <bdi dir="ltr" lang="en" className="justify-self-start">
                  {theme.words.join(" · ")}
                </bdi>
                <bdi dir="rtl" lang="he" className="justify-self-start">
                  {theme.wordsHe.join(" · ")}
                </bdi>
              </span>
            </li>
          ))}
        </ul>
        <SectionHead title={t("codebook.versions")} />
        <ol className="text-13">
          {versions.map((version) => (
            <li key={version.id} className="flex gap-4 py-1">
              <span className="num">{t("codebook.number", { number: version.number })}</span>
              <span className="text-ink-3">
                {version.publishedAt ? <DateTime at={version.publishedAt} shape="long" /> : t("codebook.is_draft")}
              </span>
              <span className="num text-ink-3">{t("codebook.count", { count: version.themes })}</span>
            </li>
          ))}
        </ol>
      </div>
    </>
  );
}
