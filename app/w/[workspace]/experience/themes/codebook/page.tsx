import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { CodebookEditor } from "@/components/themes/codebook-editor";
import { CodebookReader } from "@/components/themes/codebook-reader";
import { Messages } from "@/components/ui/messages";
import { can } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import { load } from "@/lib/server/page";
import { getCodebook } from "@/lib/themes/codebook";

type Props = { params: Promise<{ workspace: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("themes"))("codebook.title") };
}

const readPage = async (ctx: Context) => ({
  codebook: await getCodebook(ctx),
  mayEdit: can(ctx.roles, "standards.edit"),
});

/** The themes that comments are tagged by: the draft of the next version for who may write it, else the one in force. */
export default async function CodebookPage({ params }: Props) {
  const { workspace } = await params;
  const { codebook, mayEdit } = await load(workspace, readPage);
  return (
    <Messages namespaces={["themes"]}>
      {codebook.draft && mayEdit ? (
        <CodebookEditor key={codebook.draft.id} workspace={workspace} draft={codebook.draft} />
      ) : (
        <CodebookReader workspace={workspace} codebook={codebook} mayEdit={mayEdit} />
      )}
    </Messages>
  );
}
