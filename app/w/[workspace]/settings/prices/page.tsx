import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Authorities } from "@/components/proposals/prices/authorities";
import { Books } from "@/components/proposals/prices/books";
import { Policy } from "@/components/proposals/prices/policy";
import { Products } from "@/components/proposals/prices/products";
import { Messages } from "@/components/ui/messages";
import { PageHead } from "@/components/ui/page-head";
import { canAs } from "@/lib/auth/permissions";
import { isRole } from "@/lib/auth/roles";
import type { Context } from "@/lib/context";
import { listPeople } from "@/lib/members/options";
import { paths } from "@/lib/paths";
import { listKeptPriceBooks, listProducts } from "@/lib/products/queries";
import { getPriceRules } from "@/lib/proposals/authorities";
import { todayOf } from "@/lib/proposals/content";
import { load } from "@/lib/server/page";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("prices"))("title") };
}

async function readPage(ctx: Context) {
  const [rules, products, books, { people }] = await Promise.all([
    getPriceRules(ctx),
    listProducts(ctx),
    listKeptPriceBooks(ctx),
    listPeople(ctx),
  ]);
  const approvers = people
    .filter(({ id, roles }) => id !== ctx.memberId && canAs(roles.filter(isRole), "discounts.approve", "tier"))
    .map(({ id, name }) => ({ id, name }));
  return { rules, products, books, approvers, currency: ctx.currency, today: todayOf(ctx) };
}

/** What is sold at which list price, which discount needs whose word, and who may give it. */
export default async function PricesPage({ params }: { params: Promise<{ workspace: string }> }) {
  const { workspace } = await params;
  const { rules, products, books, approvers, currency, today } = await load(workspace, readPage);
  const t = await getTranslations("prices");
  const proposals = await getTranslations("proposals");
  return (
    <Messages namespaces={["prices"]}>
      <PageHead
        title={t("title")}
        statement={t("statement")}
        above={
          <Link href={paths.proposals(workspace)} className="underline underline-offset-2">
            {proposals("title")}
          </Link>
        }
      />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4 px-4 pb-12 md:px-7">
        <Policy {...{ workspace, rules, currency, today }} />
        <Authorities {...{ workspace, rules, today, people: approvers }} />
        <Books {...{ workspace, currency, today, products, books }} />
        <Products {...{ workspace, products }} />
      </div>
    </Messages>
  );
}
