import type { Context } from "../context";
import { sendMail } from "../email/outbox";
import { publicOrigin } from "../env";
import { notify } from "../notifications/notify";
import { paths } from "../paths";
import { nothingChanged, record, transaction } from "../transaction";
import { patience } from "./build";
import { setDigest } from "./letter";
import type { About, Quote } from "./schema";

type LateItem = {
  id: string;
  position: number;
  about: About;
  quotes: Quote[];
  ownerName: string | null;
  spokeId: string;
  name: string;
  nameHe: string;
};

/** Marks what is still open of a digest that was sent seven days ago; nothing twice. */
async function markLate(ctx: Context, digestId: string): Promise<LateItem[]> {
  const rows = await ctx.db.$queryRaw<LateItem[]>`
    update digest_items i set escalated_at = ${ctx.now}, version = i.version + 1
    from digests d join spokes s on s.workspace_id = d.workspace_id and s.id = d.spoke_id
    where i.workspace_id = ${ctx.workspaceId}::uuid and i.digest_id = ${digestId}::uuid and i.state = 'open' and i.escalated_at is null
      and d.workspace_id = ${ctx.workspaceId}::uuid and d.id = i.digest_id and d.sent_at <= ${new Date(ctx.now.getTime() - patience)}
    returning i.id, i.position, i.about, i.quotes, d.spoke_id as "spokeId", s.name, s.name_he as "nameHe",
      (select o.name from members o where o.workspace_id = i.workspace_id and o.id = i.owner_id) as "ownerName"`;
  return rows.sort((a, b) => a.position - b.position);
}

type Manager = { memberId: string; email: string | null; locale: string };

function managersOf(ctx: Context): Promise<Manager[]> {
  return ctx.db.$queryRaw<Manager[]>`
    select m.id as "memberId", coalesce(u.email, m.email) as email, coalesce(u.locale, 'en') as locale
    from members m left join users u on u.id = m.user_id and u.status = 'active'
    where m.workspace_id = ${ctx.workspaceId}::uuid and m.status = 'active' and 'manager' = any(m.roles) order by m.id limit 50`;
}

/** Seven days have passed: what nobody decided goes to the managers, in the app and by mail, once. */
export async function escalateDigest(ctx: Context, digestId: string): Promise<void> {
  await transaction(ctx, async (ctx) => {
    const items = await markLate(ctx, digestId);
    const [first] = items;
    if (!first) return nothingChanged(ctx);
    const { name, nameHe, spokeId } = first;
    const managers = await managersOf(ctx);
    const url = `${publicOrigin()}${paths.digests(ctx.slug)}`;
    const late = { department: { name, nameHe }, url, items, isLate: true };
    for (const { email, locale } of managers) if (email) await sendMail(ctx, setDigest({ email, locale }, late));
    const told = managers.map(({ memberId }) => memberId);
    await notify(ctx, told, "digest_late", null, { department: name, count: items.length });
    record(ctx, "digest.escalated", {
      subject: `digest:${digestId}`,
      detail: { items: items.map(({ id }) => id) },
      data: { spokeId },
    });
  });
}
