import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { mediumNames, typeNames } from "@/components/consistency/type-names";
import { ImprovementList } from "@/components/improvements/improvement-list";
import { ImprovementPanel } from "@/components/improvements/improvement-panel";
import { ProposeButton } from "@/components/improvements/propose-button";
import { ThresholdForm } from "@/components/improvements/threshold-form";
import { EmptyState } from "@/components/ui/empty-state";
import { Messages } from "@/components/ui/messages";
import { PageHead } from "@/components/ui/page-head";
import { canAs } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import { isId } from "@/lib/identifiers";
import { getImprovement, listImprovements } from "@/lib/improvements/queries";
import { ImprovementsInput } from "@/lib/improvements/schema";
import { listPeople } from "@/lib/members/options";
import { paths } from "@/lib/paths";
import { getRecoverySettings } from "@/lib/recovery-cases/queries";
import { load } from "@/lib/server/page";
import { codebookInForce } from "@/lib/themes/codebook";

type Asked = Record<string, string | string[] | undefined>;
type Props = { params: Promise<{ workspace: string }>; searchParams: Promise<Asked> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("improvements"))("title") };
}

async function readPage(ctx: Context, show: ImprovementsInput["show"], id: string | null) {
  const mayLead = canAs(ctx.roles, "improvements.edit", "yes");
  const [rows, open, { people }, { themes }, settings] = await Promise.all([
    listImprovements(ctx, ImprovementsInput.parse({ show })),
    id ? getImprovement(ctx, { id }) : null,
    listPeople(ctx),
    codebookInForce(ctx),
    getRecoverySettings(ctx),
  ]);
  return {
    ...{ rows, open, settings, mayLead },
    people: people.map((person) => ({ id: person.id, name: person.name })),
    causes: themes.map(({ key, name, nameHe }) => ({ key, name, nameHe })),
  };
}

/** What we change because a cause came back, who does it by when, and whether it helped. */
export default async function ImprovementsPage({ params, searchParams }: Props) {
  const { workspace } = await params;
  const asked = await searchParams;
  const shown = ImprovementsInput.shape.show.safeParse(asked.show);
  const show = shown.success ? shown.data : "open";
  const id = typeof asked.improvement === "string" && isId(asked.improvement) ? asked.improvement : null;
  const { rows, open, people, causes, settings, mayLead } = await load(workspace, readPage, show, id);
  const t = await getTranslations("improvements");
  const nameOfType = await typeNames();
  const at = (query: Record<string, string>) => paths.improvements(workspace, new URLSearchParams(query).toString());
  return (
    <Messages namespaces={["improvements"]}>
      <PageHead
        title={t("title")}
        above={
          <Link href={paths.recoveryCases(workspace)} className="underline underline-offset-2">
            {t("above")}
          </Link>
        }
        statement={t("statement", { count: settings.repeatThreshold, days: settings.repeatDays })}
      >
        {mayLead ? <ProposeButton workspace={workspace} causes={causes} /> : null}
      </PageHead>
      <nav aria-label={t("show")} className="flex gap-x-4 px-4 pt-3 text-13 md:px-7">
        {(["open", "ended", "all"] as const).map((each) => (
          <Link
            key={each}
            href={at({ show: each }) as never}
            aria-current={each === show ? "true" : undefined}
            className="border-transparent border-b-2 py-1 text-ink-2 hover:text-ink-1 aria-current:border-accent aria-current:font-550 aria-current:text-ink-1"
          >
            {t(`tab.${each}`)}
          </Link>
        ))}
      </nav>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4 px-4 pt-3 pb-12 md:px-7">
        {open ? (
          <ImprovementPanel
            workspace={workspace}
            improvement={open}
            people={people}
            nameOfType={nameOfType}
            nameOfMedium={await mediumNames()}
          />
        ) : null}
        {rows.length === 0 ? (
          <EmptyState title={t("empty")}>
            {t("empty_hint", { count: settings.repeatThreshold, days: settings.repeatDays })}
          </EmptyState>
        ) : (
          <ImprovementList
            rows={rows}
            openId={open?.id ?? null}
            hrefOf={(each) => at({ show, improvement: each })}
            nameOfType={nameOfType}
          />
        )}
        {mayLead ? <ThresholdForm key={settings.version} workspace={workspace} settings={settings} /> : null}
      </div>
    </Messages>
  );
}
