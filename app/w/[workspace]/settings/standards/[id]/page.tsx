import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { StandardEditor } from "@/components/standards/standard-editor";
import { StandardReader } from "@/components/standards/standard-reader";
import { placeOf } from "@/components/standards/words";
import { Messages } from "@/components/ui/messages";
import { PageHead } from "@/components/ui/page-head";
import { can } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import { listMoments } from "@/lib/moments/queries";
import { load } from "@/lib/server/page";
import { getStandardVersion } from "@/lib/standards/queries";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("standards"))("title_one") };
}

async function readPage(ctx: Context, id: string) {
  const standard = await getStandardVersion(ctx, id);
  const isEditing = standard.status === "draft" && can(ctx.roles, "standards.edit");
  return { standard, isEditing, moments: isEditing ? await listMoments(ctx) : [] };
}

export default async function StandardPage({ params }: { params: Promise<{ workspace: string; id: string }> }) {
  const { workspace, id } = await params;
  const { standard, isEditing, moments } = await load(workspace, readPage, id);
  const [t, common, interactions] = await Promise.all([
    getTranslations("standards"),
    getTranslations("common"),
    getTranslations("interactions"),
  ]);
  const name = placeOf(standard, common, interactions, (medium, type) => t("place", { medium, type }));
  return (
    <Messages namespaces={["shell", "interactions", "members", "standards"]}>
      {isEditing ? (
        <StandardEditor workspace={workspace} standard={standard} name={name} moments={moments} />
      ) : (
        <>
          <PageHead
            above={`${t("version", { number: standard.number })} · ${t(`states.${standard.status}`)}`}
            title={name}
            statement={t("read_statement", { mark: standard.passMark, count: standard.evaluated })}
          />
          <StandardReader standard={standard} />
        </>
      )}
    </Messages>
  );
}
