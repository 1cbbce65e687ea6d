import { getTranslations } from "next-intl/server";
import { LinkButton } from "@/components/ui/link-button";
import { SmallWheel } from "@/components/ui/small-wheel";

/** Nothing stands at this address, or nothing this person may see: both read alike. */
export async function NotHere() {
  const t = await getTranslations("common");
  return (
    <div className="grid justify-items-start gap-3 px-4 py-16 md:px-7">
      <SmallWheel involved={[]} baton={-1} className="size-12" />
      <h1 className="title text-balance">{t("not_found")}</h1>
      <p className="max-w-[46em] text-14 text-ink-2">{t("not_found_hint")}</p>
      <LinkButton href="/" prefetch={false}>
        {t("to_start")}
      </LinkButton>
    </div>
  );
}
