import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PhotoForm } from "@/components/profile/photo-form";
import { Messages } from "@/components/ui/messages";
import { PageHead } from "@/components/ui/page-head";
import { getProfile } from "@/lib/members/photo";
import { paths } from "@/lib/paths";
import { load } from "@/lib/server/page";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("profile"))("title") };
}

export default async function ProfilePage({ params }: { params: Promise<{ workspace: string }> }) {
  const { workspace } = await params;
  const { id, name, photoId } = await load(workspace, getProfile);
  const t = await getTranslations("profile");
  return (
    <Messages namespaces={["profile"]}>
      <PageHead title={t("title")} statement={t("statement")} />
      <div className="px-4 pb-10 md:px-7">
        <PhotoForm
          workspace={workspace}
          name={name}
          photo={photoId ? paths.api(workspace, `/members/${id}/photo?v=${photoId}`) : null}
        />
      </div>
    </Messages>
  );
}
