import { redirect } from "next/navigation";
import { WheelHandoff } from "@/components/handoffs/wheel-link";
import { InHandCard } from "@/components/proposals/in-hand";
import { MyCases } from "@/components/recovery-cases/my-cases";
import { Seed } from "@/components/seed";
import { Messages } from "@/components/ui/messages";
import { canAs } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import { survivorOf } from "@/lib/customers/queries";
import { standingHandoffOf } from "@/lib/handoffs/queries";
import { getWheel } from "@/lib/hub/wheel";
import { paths } from "@/lib/paths";
import { maySellTo } from "@/lib/proposals/power";
import { getInHand } from "@/lib/proposals/queries";
import { keys } from "@/lib/query-keys";
import { listCasesOf } from "@/lib/recovery-cases/queries";
import { load } from "@/lib/server/page";
import { HubScreen } from "./screen";

type Props = {
  params: Promise<{ workspace: string; id: string }>;
  searchParams: Promise<{ ask?: string; journey?: string }>;
};

async function readHub(ctx: Context, id: string, journeyId: string | undefined) {
  const reading = Promise.all([
    getWheel(ctx, id, journeyId),
    listCasesOf(ctx, id),
    standingHandoffOf(ctx, id),
    getInHand(ctx, { id }),
    maySellTo(ctx, id),
  ]);
  reading.catch(() => undefined); // of a merged customer nobody asks for it
  const survivor = await survivorOf(ctx, id);
  if (survivor !== id) return { survivor };
  const [wheel, cases, handoff, inHand, maySell] = await reading;
  const seen = { now: ctx.now.toISOString(), zone: ctx.timeZone, roles: ctx.roles };
  return { ...wheel, cases, handoff, inHand, maySell, ...seen };
}

export default async function HubPage({ params, searchParams }: Props) {
  const { workspace, id } = await params;
  const { ask, journey } = await searchParams;
  const read = await load(workspace, readHub, id, journey);
  if (read.survivor !== undefined) redirect(paths.customer(workspace, read.survivor));
  const { hub, timeline, cases, handoff, inHand, maySell, now, zone, roles } = read;
  return (
    <>
      <title>{`${hub.customer.name} · Wheelhouse`}</title>
      <Seed entries={[[keys.wheel.one(workspace, id, journey ?? ""), hub]]}>
        <Messages
          namespaces={[
            "wheel",
            "shell",
            "hub",
            "plays",
            "interactions",
            "relays",
            "promises",
            "appointments",
            "tasks",
            "contact",
            "customers",
          ]}
        >
          <HubScreen
            workspace={workspace}
            customerId={id}
            journeyId={journey ?? ""}
            timeline={timeline}
            now={now}
            zone={zone}
            roles={[...roles]}
            isAsking={ask === "1"}
            toPutRight={
              <>
                <MyCases workspace={workspace} rows={cases} now={now} isNamed={false} />
                <WheelHandoff workspace={workspace} customerId={id} standing={handoff} />
                <InHandCard
                  {...{ workspace, inHand, customerId: id, maySell }}
                  mayJoin={canAs(roles, "customers.merge", "yes")}
                />
              </>
            }
          />
        </Messages>
      </Seed>
    </>
  );
}
