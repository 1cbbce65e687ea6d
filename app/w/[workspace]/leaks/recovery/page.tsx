import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { RecoveryScreen } from "@/components/recovery-effect/recovery-screen";
import { Messages } from "@/components/ui/messages";
import { canAs } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import { getRecoverySettings } from "@/lib/recovery-cases/queries";
import { usualRecovery } from "@/lib/recovery-effect/kind";
import { latestRecovery } from "@/lib/recovery-effect/queries";
import { movingRun } from "@/lib/runs/queries";
import { load } from "@/lib/server/page";
import { codebookInForce } from "@/lib/themes/codebook";

type Props = { params: Promise<{ workspace: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("recovery"))("title") };
}

async function readPage(ctx: Context) {
  const [found, settings, moving, { themes }] = await Promise.all([
    latestRecovery(ctx),
    getRecoverySettings(ctx),
    movingRun(ctx, "recovery-effect", usualRecovery),
    codebookInForce(ctx),
  ]);
  return {
    ...{ found, settings, isMoving: moving !== null, zone: ctx.timeZone },
    causes: themes.map(({ key, name, nameHe }) => ({ key, name, nameHe })),
    mayRun: canAs(ctx.roles, "runs.start", "scope"),
    mayLead: canAs(ctx.roles, "improvements.edit", "yes"),
  };
}

/** Who came back on track, and whether the plays had to do with it. */
export default async function RecoveryPage({ params }: Props) {
  const { workspace } = await params;
  const { causes, ...page } = await load(workspace, readPage);
  const locale = await getLocale();
  const nameOfCause = (cause: string) => {
    const theme = causes.find(({ key }) => key === cause);
    return theme ? (locale === "he" && theme.nameHe) || theme.name : cause;
  };
  return (
    <Messages namespaces={["recovery"]}>
      <RecoveryScreen workspace={workspace} nameOfCause={nameOfCause} {...page} />
    </Messages>
  );
}
