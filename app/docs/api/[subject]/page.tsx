import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { Operation } from "@/components/api-docs/operation";
import { PageHead } from "@/components/ui/page-head";
import { type ReadableGroup, readableApi } from "@/lib/api/readable";
import { paths } from "@/lib/paths";

type Props = { params: Promise<{ subject: string }> };

async function groupOf({ params }: Props): Promise<ReadableGroup> {
  const { subject } = await params;
  return readableApi().find(({ key }) => key === subject) ?? notFound();
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  return { title: (await groupOf(props)).tag };
}

/** The operations of one subject: what each does, who may, what goes in and what comes out. */
export default async function ApiSubjectPage(props: Props) {
  const { tag, operations } = await groupOf(props);
  const t = await getTranslations("apidocs");
  return (
    <main className="mx-auto min-h-dvh max-w-4xl bg-sheet pb-16">
      <PageHead
        title={<bdi lang="en">{tag}</bdi>}
        above={
          <Link href={paths.apiDocs()} prefetch={false} className="underline underline-offset-2">
            {t("title")}
          </Link>
        }
      />
      <div className="px-4 md:px-7">
        {operations.map((operation) => (
          <Operation key={operation.id} operation={operation} />
        ))}
      </div>
    </main>
  );
}
