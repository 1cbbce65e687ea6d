import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { paths } from "@/lib/paths";
import type { ProposalView } from "@/lib/proposals/schema";
import { standingWords } from "./standing-words";

type Props = { workspace: string; proposal: ProposalView; locale: string };

/** Which offer binds every seller for this need: who offered what, when. */
export async function StandingOffer({ workspace, proposal, locale }: Props) {
  const t = await getTranslations("proposals");
  const { offerOfRecord: offer } = proposal;
  const isOther = offer !== null && offer.id !== proposal.id;
  const words = offer === null ? "" : standingWords(offer, (key, values) => t(key, values), locale);
  const mayOpen = offer !== null && (!offer.isOtherPart || offer.otherCustomerName !== null);
  return (
    <section
      aria-label={t("standing")}
      className={`border-s-2 ps-3 text-13 ${isOther ? "border-warn" : "border-hairline"}`}
    >
      <h2 className="font-550">{t("standing")}</h2>
      <p className="text-ink-2">
        {isOther && !mayOpen ? words : null}
        {isOther && mayOpen ? (
          <Link
            href={paths.proposal(workspace, offer.id)}
            prefetch={false}
            className="underline decoration-hairline-strong underline-offset-2"
          >
            {words}
          </Link>
        ) : null}
        {isOther ? null : t(offer === null ? "standing_none" : "standing_self")}
      </p>
    </section>
  );
}
