import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { frameKey, pagesKey } from "@/components/customers/list-keys";
import { Seed } from "@/components/seed";
import { Messages } from "@/components/ui/messages";
import { can, canAs } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import { queryOf, readFilter } from "@/lib/customers/filter";
import { getListFrame } from "@/lib/customers/frame";
import { listCustomers } from "@/lib/customers/list";
import { load } from "@/lib/server/page";
import { CustomersList } from "./customers-list";

type Props = {
  params: Promise<{ workspace: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("customers"))("title") };
}

/** Whether this member changes the OSC of several, or may ask for it. */
function reassigningOf({ roles }: Context): "yes" | "request" | null {
  if (canAs(roles, "osc.reassign", "yes")) return "yes";
  return can(roles, "osc.reassign") ? "request" : null;
}

function rightsOf(ctx: Context) {
  return {
    mayCreate: can(ctx.roles, "customers.edit"),
    reassigning: reassigningOf(ctx),
    exporting: {
      mayAsk: canAs(ctx.roles, "personal_data.export", "request"),
      mayApprove: canAs(ctx.roles, "personal_data.export", "approve"),
    },
  };
}

async function read(ctx: Context, query: string) {
  const [page, frame] = await Promise.all([listCustomers(ctx, { query, limit: 50 }), getListFrame(ctx, { query })]);
  return {
    page,
    frame,
    rights: rightsOf(ctx),
    now: ctx.now.toISOString(),
  };
}

export default async function CustomersPage({ params, searchParams }: Props) {
  const { workspace } = await params;
  const query = queryOf(readFilter(await searchParams));
  const { page, frame, now, rights } = await load(workspace, read, query);
  const seeds = [
    [pagesKey(workspace, query), { pages: [page], pageParams: [""] }],
    [frameKey(workspace, query), frame],
  ] as const;
  return (
    <Messages namespaces={["customers", "views", "filter", "bulk", "exports", "shell"]}>
      <Seed entries={seeds}>
        <CustomersList workspace={workspace} serverNow={now} {...rights} />
      </Seed>
    </Messages>
  );
}
