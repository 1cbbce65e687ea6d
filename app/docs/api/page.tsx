import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { LinkButton } from "@/components/ui/link-button";
import { PageHead } from "@/components/ui/page-head";
import { SectionHead } from "@/components/ui/section-head";
import { readableApi } from "@/lib/api/readable";
import { publicOrigin } from "@/lib/env";
import { paths } from "@/lib/paths";
import { problems } from "@/lib/server/api-problem";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("apidocs"))("title") };
}

const rules = ["lists", "versions", "idempotency", "limits", "errors", "live"] as const;

export default async function ApiDocsPage() {
  const t = await getTranslations("apidocs");
  const base = `${publicOrigin()}/api/v1`;
  return (
    <main className="mx-auto min-h-dvh max-w-4xl bg-sheet pb-16">
      <PageHead title={t("title")} statement={t("statement")}>
        <LinkButton href={paths.apiDocument()} prefetch={false}>
          {t("machine")}
        </LinkButton>
      </PageHead>
      <div className="px-4 md:px-7">
        <SectionHead title={t("begin")} />
        <p className="max-w-[46em] text-14 text-ink-2">{t("key")}</p>
        <pre dir="ltr" className="my-3 overflow-x-auto rounded-control bg-sunk px-3 py-2 text-13">
          {`curl ${base}/queue \\\n  -H "Authorization: Bearer wh_…"`}
        </pre>
        <p className="max-w-[46em] text-14 text-ink-2">{t("base", { base })}</p>
        <SectionHead title={t("rules")} />
        <ul className="grid max-w-[46em] gap-3 text-14 text-ink-2">
          {rules.map((rule) => (
            <li key={rule}>{t(rule)}</li>
          ))}
        </ul>
        <SectionHead title={t("operations")} />
        <dl className="grid gap-x-6 gap-y-3 text-13 md:grid-cols-[10rem_1fr]">
          {readableApi().map(({ tag, key, operations }) => (
            <div key={key} className="contents">
              <dt>
                <Link
                  href={paths.apiSubject(key)}
                  prefetch={false}
                  lang="en"
                  className="font-550 underline underline-offset-2"
                >
                  <bdi>{tag}</bdi>
                </Link>
              </dt>
              <dd lang="en" dir="ltr" className="whitespace-pre-line break-all text-12 text-ink-2">
                {operations.map(({ method, path }) => `${method} ${path}`).join("\n")}
              </dd>
            </div>
          ))}
        </dl>
        <SectionHead id="problems" title={t("problems")} />
        <dl className="grid grid-cols-[4rem_1fr] gap-y-1.5 text-13">
          {problems.map(({ code, title, status }) => (
            <div key={code} id={code} className="contents">
              <dt className="text-ink-3 tabular-nums">{status}</dt>
              <dd lang="en">
                <bdi>{title}</bdi> <code className="text-12 text-ink-3">{code}</code>
              </dd>
            </div>
          ))}
        </dl>
      </div>
    </main>
  );
}
