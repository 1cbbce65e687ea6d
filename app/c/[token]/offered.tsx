import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { sayMoney } from "@/lib/money";
import { paths } from "@/lib/paths";
import type { CustomerOffer } from "@/lib/proposals/schema";

/** The offers she was shown, each with its amount and how it stands; the newest stands first. */
export async function Offered({ token, offers }: { token: string; offers: readonly CustomerOffer[] }) {
  const t = await getTranslations("contact.offer");
  const locale = await getLocale();
  if (offers.length === 0) return null;
  return (
    <section className="border-hairline border-t py-4">
      <h2 className="mb-0.5 text-14 text-ink-2">{t("list")}</h2>
      <ul>
        {offers.map(({ id, need, netMinor, currency, state }) => (
          <li key={id} className="grid grid-cols-[minmax(0,1fr)_auto] items-baseline gap-3 py-1.75 text-14">
            <Link href={paths.customerOffer(token, id)} prefetch={false} className="underline underline-offset-2">
              <bdi>{need}</bdi>
              <span className="block text-ink-2">{t(`state.${state}`)}</span>
            </Link>
            <bdi className="num">{sayMoney({ minor: netMinor, currency }, locale)}</bdi>
          </li>
        ))}
      </ul>
    </section>
  );
}
