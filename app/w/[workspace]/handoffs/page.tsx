import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { LogForm } from "@/components/csm-hours/log-form";
import { hoursOf } from "@/components/csm-hours/words";
import { HandoffList } from "@/components/handoffs/handoff-list";
import { HandoffPanel } from "@/components/handoffs/handoff-panel";
import { PacketFacts } from "@/components/handoffs/packet-facts";
import { PartsList } from "@/components/handoffs/parts-list";
import { ReaskForm } from "@/components/handoffs/reask-form";
import { LiveRefresh } from "@/components/live/live-refresh";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { Messages } from "@/components/ui/messages";
import { PageHead } from "@/components/ui/page-head";
import { dayKey } from "@/lib/calendar/day";
import type { Context } from "@/lib/context";
import { getHandoff, listHandoffs } from "@/lib/handoffs/queries";
import { policySays } from "@/lib/handoffs/scenario";
import { HandoffsInput } from "@/lib/handoffs/schema";
import { isId } from "@/lib/identifiers";
import { paths } from "@/lib/paths";
import { load } from "@/lib/server/page";
import { listSpokes } from "@/lib/workspaces/queries";

type Asked = Record<string, string | string[] | undefined>;
type Props = { params: Promise<{ workspace: string }>; searchParams: Promise<Asked> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("handoffs"))("title") };
}

/** What the address asks for; what nobody can read is left out, field by field. Who has no department sees everybody's. */
function inputOf(asked: Asked, spokeId: string | null): HandoffsInput {
  const known = Object.entries(HandoffsInput.shape).flatMap(([name, schema]) => {
    const value = asked[name];
    return typeof value === "string" && value !== "" && schema.safeParse(value).success ? [[name, value]] : [];
  });
  return HandoffsInput.parse({ show: spokeId ? "to_us" : "all", ...Object.fromEntries(known) });
}

async function readPage(ctx: Context, asked: Asked, id: string | null) {
  const input = inputOf(asked, ctx.spokeId);
  const [list, found, spokes] = await Promise.all([
    listHandoffs(ctx, input),
    id ? getHandoff(ctx, { id }) : null,
    listSpokes(ctx),
  ]);
  const policy = found?.may.chooseScenario ? await policySays(ctx, found.journeyId) : null;
  return { input, list, found, policy, spokes, today: dayKey(ctx.timeZone, ctx.now) };
}

/** What other departments hand to mine and mine to them: each with its packet, its clock, and what is to be done with it. */
export default async function HandoffsPage({ params, searchParams }: Props) {
  const { workspace } = await params;
  const asked = await searchParams;
  const id = typeof asked.handoff === "string" && isId(asked.handoff) ? asked.handoff : null;
  const { input, list, found, policy, spokes, today } = await load(workspace, readPage, asked, id);
  const t = await getTranslations("handoffs");
  const hours = await getTranslations("hours");
  const locale = await getLocale();
  const nameOfSpoke = (spokeId: string) => {
    const spoke = spokes.find((each) => each.id === spokeId);
    return (locale === "he" && spoke?.nameHe) || (spoke?.name ?? "");
  };
  const at = (change: Record<string, string>) => {
    const { show, state = "", customerId = "", scenario = "" } = input;
    const query = Object.entries({ show, state, customerId, scenario, ...change }).filter(([, value]) => value !== "");
    return paths.handoffs(workspace, new URLSearchParams(query).toString());
  };
  return (
    <Messages namespaces={["handoffs", "hours"]}>
      <LiveRefresh workspace={workspace} nouns={["handoff"]} />
      <PageHead title={t("title")} statement={t("statement")}>
        <LinkButton href={paths.csmHours(workspace)}>{hours("title")}</LinkButton>
      </PageHead>
      <nav aria-label={t("show")} className="flex flex-wrap gap-x-4 gap-y-1 px-4 pt-3 text-13 md:px-7">
        {(["to_us", "from_us", "all"] as const).map((show) => (
          <Link
            key={show}
            href={at({ show })}
            aria-current={input.show === show ? "true" : undefined}
            className="border-transparent border-b-2 py-1 text-ink-2 hover:text-ink-1 aria-current:border-accent aria-current:font-550 aria-current:text-ink-1"
          >
            {t(`tab.${show}`)}
          </Link>
        ))}
      </nav>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4 px-4 pt-3 pb-12 md:px-7">
        {found ? (
          <div className="grid gap-3">
            <p className="flex flex-wrap items-baseline gap-x-4">
              <Link
                href={paths.customer(workspace, found.customerId)}
                className="font-serif text-20 underline underline-offset-2"
              >
                <bdi>{found.customerName}</bdi>
              </Link>
              <Link href={paths.packet(workspace, found.customerId)} className="text-12 underline underline-offset-2">
                {t("packet")}
              </Link>
            </p>
            <HandoffPanel
              key={`${found.id}${found.version}`}
              workspace={workspace}
              handoff={found}
              fromName={nameOfSpoke(found.fromSpokeId)}
              toName={nameOfSpoke(found.toSpokeId)}
              policy={policy}
            />
            <PartsList workspace={workspace} handoff={found} nameOfSpoke={nameOfSpoke} />
            {found.csmMinutes ? (
              <section className="grid gap-2 text-13" aria-label={hours("title")}>
                <p>
                  {hours("of_deal", {
                    before: hoursOf(found.csmMinutes.presale),
                    after: hoursOf(found.csmMinutes.after),
                  })}
                </p>
                {found.may.logHours ? (
                  <LogForm workspace={workspace} journeyId={found.journeyId} handoffId={found.id} today={today} />
                ) : null}
              </section>
            ) : null}
            {found.packet.length > 0 ? (
              <details open={found.may.answer || found.reasks.length > 0}>
                <summary className="cursor-pointer pb-2 font-550 text-13">
                  {t("packet")} <span className="font-normal text-12 text-ink-3">{t("as_proposed")}</span>
                </summary>
                <PacketFacts items={found.packet} reasks={found.reasks} />
                {found.may.reask ? <ReaskForm key={found.version} workspace={workspace} handoff={found} /> : null}
              </details>
            ) : null}
          </div>
        ) : null}
        {list.data.length === 0 ? (
          <EmptyState title={t(`empty.${input.show}`)}>{t("empty_hint")}</EmptyState>
        ) : (
          <HandoffList
            rows={list.data}
            openId={found?.id ?? null}
            hrefOf={(handoff) => at({ handoff })}
            nameOfSpoke={nameOfSpoke}
          />
        )}
        {list.nextCursor ? (
          <p>
            <LinkButton href={at({ cursor: list.nextCursor })}>{t("more")}</LinkButton>
          </p>
        ) : null}
      </div>
    </Messages>
  );
}
