import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { mediumNames, typeNames } from "@/components/consistency/type-names";
import { SaidMark } from "@/components/hub/said-mark";
import { DateTime } from "@/components/ui/date-time";
import { EmptyState } from "@/components/ui/empty-state";
import { OlderLink } from "@/components/ui/older-link";
import { PageHead } from "@/components/ui/page-head";
import { paths } from "@/lib/paths";
import { listDisagreements } from "@/lib/responses/queries";
import { DisagreementInput } from "@/lib/responses/schema";
import { load } from "@/lib/server/page";

type Props = {
  params: Promise<{ workspace: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("experience"))("views_title") };
}

/** Contacts that we saw otherwise than the customer: both words side by side, added up nowhere. */
export default async function ViewsPage({ params, searchParams }: Props) {
  const { workspace } = await params;
  const { type, cursor } = await searchParams;
  const asked = { ...(typeof type === "string" && type ? { type: type.slice(0, 100) } : {}) };
  const parsed = DisagreementInput.parse({
    ...asked,
    ...(typeof cursor === "string" ? { cursor: cursor.slice(0, 500) } : {}),
  });
  const { data, nextCursor } = await load(workspace, listDisagreements, parsed);
  const t = await getTranslations("experience");
  const [mediumName, typeName] = [await mediumNames(), await typeNames()];
  return (
    <>
      <PageHead
        title={t("views_title")}
        above={
          <Link
            href={paths.experience(workspace, new URLSearchParams(asked).toString())}
            className="underline underline-offset-2"
          >
            {t("title")}
          </Link>
        }
        statement={t("views_statement")}
      />
      {data.length === 0 ? (
        <EmptyState title={t("views_empty")} />
      ) : (
        <ul className="px-4 pb-10 md:px-7">
          {data.map((row) => (
            <li
              key={`${row.interactionId}${row.staffName}`}
              className="grid gap-x-6 gap-y-1 border-hairline border-b py-2.5 text-13 md:grid-cols-[14rem_1fr_1fr]"
            >
              <span>
                <Link
                  href={paths.customer(workspace, row.customerId)}
                  prefetch={false}
                  className="font-550 underline decoration-hairline-strong underline-offset-2"
                >
                  <bdi>{row.customerName}</bdi>
                </Link>
                <span className="block text-12 text-ink-3">
                  {mediumName(row.medium)} · {typeName(row.type)} · <DateTime at={row.at} shape="date" />
                </span>
              </span>
              <View
                who={t("customer_said")}
                tone={row.customerClass}
                word={t(`class.${row.customerClass}`)}
                comment={row.customerComment}
              />
              <View
                who={row.staffName}
                tone={row.staffClass}
                word={t(`class.${row.staffClass}`)}
                comment={row.staffComment}
              />
            </li>
          ))}
        </ul>
      )}
      <OlderLink to={(query) => paths.disagreements(workspace, query)} asked={asked} cursor={nextCursor}>
        {t("older")}
      </OlderLink>
    </>
  );
}

function View({ who, tone, word, comment }: { who: string; tone: string; word: string; comment: string }) {
  return (
    <span className="min-w-0">
      <span className="text-12 text-ink-3">
        <bdi>{who}</bdi>:{" "}
      </span>
      <SaidMark tone={tone} word={word} />
      {comment ? (
        <q dir="auto" className="said block">
          {comment}
        </q>
      ) : null}
    </span>
  );
}
