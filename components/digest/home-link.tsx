import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { paths } from "@/lib/paths";

/** The way from Home to the week's digest, with how many items wait there. */
export async function DigestLink({ workspace, open }: { workspace: string; open: number }) {
  const t = await getTranslations("digest");
  return (
    <Link
      href={paths.digests(workspace)}
      prefetch={false}
      className={
        open > 0
          ? "text-13 text-accent-text underline underline-offset-2"
          : "text-13 text-ink-2 underline underline-offset-2"
      }
    >
      {open > 0 ? t("link_home", { count: open }) : t("link_home_none")}
    </Link>
  );
}
