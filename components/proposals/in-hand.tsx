import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { apart } from "@/components/ui/apart";
import { Messages } from "@/components/ui/messages";
import { StatusMark } from "@/components/ui/status-mark";
import type { AccountPart, AccountView } from "@/lib/accounts/schema";
import { paths } from "@/lib/paths";
import type { InHand } from "@/lib/proposals/schema";
import type { SellingTeamView } from "@/lib/selling-teams/schema";
import { AccountButton } from "./account-button";
import { TeamButton } from "./team-button";
import { amountOf, dayOf, marks } from "./words";

/** So many stand here; the others a press away. */
const most = 3;
const link = "underline decoration-hairline-strong underline-offset-2";

type Props = { workspace: string; customerId: string; inHand: InHand; maySell: boolean; mayJoin: boolean };

/** Who sells to her together, the one who coordinates first. */
async function Team({
  workspace,
  customerId,
  team,
  maySell,
}: Omit<Props, "inHand" | "mayJoin"> & { team: SellingTeamView }) {
  const t = await getTranslations("selling_team");
  const [lead, ...others] = team.members;
  if (!lead && !maySell) return null;
  return (
    <p className="flex flex-wrap items-baseline gap-x-3 text-12 text-ink-2">
      {lead ? (
        <span>
          <bdi>{t("sold_by", { name: apart(lead.name) })}</bdi>{" "}
          {others.length > 0 ? (
            <bdi>{t("with", { names: others.map(({ name }) => apart(name)).join(", ") })}</bdi>
          ) : null}
        </span>
      ) : null}
      {maySell ? (
        <Messages namespaces={["selling_team"]}>
          <TeamButton workspace={workspace} customerId={customerId} team={team} />
        </Messages>
      ) : null}
    </p>
  );
}

const nameOf = ({ name }: AccountPart, unnamed: string) => (name === null ? unnamed : apart(name));

/** What is one account with her; a manager may change it. */
async function Account({
  workspace,
  customerId,
  account,
  mayJoin,
}: Omit<Props, "inHand" | "maySell"> & { account: AccountView }) {
  const t = await getTranslations("account");
  const { parent, others } = account;
  const words = [
    parent ? t("belongs", { name: nameOf(parent, t("unnamed")) }) : null,
    others.length > 0 ? t("with", { names: others.map((part) => nameOf(part, t("unnamed"))).join(", ") }) : null,
  ].filter((each) => each !== null);
  // An account with parts of its own belongs to nobody.
  const isHead = parent === null && others.length > 0;
  if (words.length === 0 && !mayJoin) return null;
  return (
    <p className="flex flex-wrap items-baseline gap-x-3 text-12 text-ink-2">
      {words.length > 0 ? <span>{words.join(" · ")}</span> : null}
      {mayJoin && !isHead ? (
        <Messages namespaces={["account"]}>
          <AccountButton workspace={workspace} customerId={customerId} account={account} />
        </Messages>
      ) : null}
    </p>
  );
}

/** Every number that a customer holds, who gave it and when, with how many promises stand open; nothing where there is none. */
export async function InHandCard({ workspace, customerId, inHand, maySell, mayJoin }: Props) {
  const { offers, promises, team, account } = inHand;
  const t = await getTranslations("proposals");
  const locale = await getLocale();
  if (offers.length === 0 && !maySell && account.parent === null && account.others.length === 0) return null;
  return (
    <section aria-label={t("in_hand")} className="border-hairline border-b px-4 pt-2.5 pb-3 text-13 md:px-7">
      <div className="flex flex-wrap items-baseline justify-between gap-x-5">
        <h2 className="font-550">
          {t("in_hand")}{" "}
          <span className="num font-normal text-12 text-ink-3">
            {promises.length > 0 ? t("promises_open", { count: promises.length }) : ""}
          </span>
        </h2>
        {maySell ? (
          <Link href={paths.newProposal(workspace, customerId)} prefetch={false} className={`no-print text-12 ${link}`}>
            {t("draft_link")}
          </Link>
        ) : null}
      </div>
      <div className="flex flex-wrap gap-x-5">
        <Team workspace={workspace} customerId={customerId} team={team} maySell={maySell} />
        <Account workspace={workspace} customerId={customerId} account={account} mayJoin={mayJoin} />
      </div>
      {offers.length === 0 ? <p className="text-12 text-ink-3">{t("in_hand_none")}</p> : null}
      <ul>
        {offers.slice(0, most).map((offer) => (
          <li key={offer.id} className="flex flex-wrap items-baseline gap-x-4 gap-y-0.5 py-1">
            <span className="text-12 text-ink-2">
              <StatusMark state={marks[offer.state]} /> {t(`state.${offer.state}`)}
            </span>
            <Link href={paths.proposal(workspace, offer.id)} prefetch={false} className={`font-550 ${link}`}>
              <bdi className="num">{amountOf(offer.netMinor, offer.currency, locale)}</bdi>
            </Link>
            <bdi>{offer.need}</bdi>
            <span className="text-12 text-ink-3">
              {t("by", { name: apart(offer.byName) })} · <span className="num">{dayOf(offer.at, locale)}</span> ·{" "}
              {t("valid_to", { date: dayOf(offer.validTo, locale) })}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
