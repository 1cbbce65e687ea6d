import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Operation } from "@/components/api-docs/operation";
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
  const groups = readableApi();
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
        {groups.map(({ tag, operations }) => (
          <section key={tag} aria-labelledby={`tag-${tag}`}>
            <SectionHead id={`tag-${tag}`} title={<bdi lang="en">{tag}</bdi>} />
            {operations.map((operation) => (
              <Operation key={operation.id} operation={operation} />
            ))}
          </section>
        ))}
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
