import { randomBytes } from "node:crypto";
import { hashPassword } from "../../lib/auth/password";
import type { Role } from "../../lib/auth/roles";
import type { Context } from "../../lib/context";
import { asUser, inWorkspace } from "../../lib/db";
import { newId } from "../../lib/identifiers";
import { record, transaction } from "../../lib/transaction";
import type { SpokeKey } from "../../lib/workspaces/defaults";

export type DemoMember = {
  key: string;
  name: string;
  email: string;
  roles: Role[];
  spoke: SpokeKey;
  phone: string;
  languages: string[];
};

const crew: readonly [key: string, name: string, spoke: SpokeKey, languages: string[], ...roles: Role[]][] = [
  ["dana", "Dana Whitlock", "osc", ["en"], "osc"],
  ["mara", "Mara Levi", "osc", ["en", "he"], "osc"],
  ["jo", "Jo Park", "marketing", ["en"], "marketing"],
  ["marcus", "Marcus Bell", "sales", ["en"], "sales"],
  ["ines", "Ines Cordero", "senior_sales", ["en"], "senior_sales"],
  ["noa", "Noa Feldman", "design", ["en", "he"], "design"],
  ["pete", "Pete Okafor", "implementation", ["en"], "implementation"],
  ["ruth", "Ruth Lindqvist", "cs", ["en"], "cs"],
  ["amir", "Amir Haddad", "service", ["en"], "service"],
];

/** The people of the demo workspace beside its owner. */
export const demoMembers: readonly DemoMember[] = crew.map(([key, name, spoke, languages, ...roles], index) => ({
  key,
  name,
  email: `${key}@harrowpine.example`,
  roles,
  spoke,
  languages,
  phone: `+1206555${String(100 + index).padStart(4, "0")}`,
}));

/** One password for all demo people, made for this installation alone. */
export function makeDemoPassword(): string {
  return `wheel-${randomBytes(6).toString("hex")}`;
}

/** Gives every member a user, so that each can sign in. Answers member ids by key. */
export async function enlist(
  ctx: Context,
  ownerMemberId: string,
  owner: { email: string; name: string },
  password: string,
): Promise<Map<string, string>> {
  const passwordHash = await hashPassword(password);
  const users = new Map<string, string>();
  for (const { key, email, name } of [{ key: "owner", ...owner }, ...demoMembers]) {
    const id = newId();
    users.set(key, id);
    await asUser(null, (db) => db.user.create({ data: { id, email, name, passwordHash, emailVerifiedAt: ctx.now } }));
  }
  return inWorkspace(ctx.workspaceId, () =>
    transaction(ctx, async (ctx) => {
      const { workspaceId } = ctx;
      const spokes = await ctx.db.spoke.findMany({ where: { workspaceId } });
      const ids = new Map([["owner", ownerMemberId]]);
      await ctx.db.member.updateMany({
        where: { workspaceId, id: ownerMemberId },
        data: { userId: users.get("owner") ?? null, status: "active" },
      });
      for (const { key, name, email, roles, spoke, phone, languages } of demoMembers) {
        const id = newId();
        ids.set(key, id);
        const spokeId = spokes.find((each) => each.key === spoke)?.id ?? null;
        const userId = users.get(key) ?? null;
        await ctx.db.member.create({
          data: { workspaceId, id, userId, name, email, roles, spokeId, phone, languages, status: "active" },
        });
        record(ctx, "member.added", { subject: `member:${id}`, detail: { name, roles } });
      }
      await ctx.db.workspaceSettings.updateMany({
        where: { workspaceId },
        data: { coverageLeadId: ids.get("mara") ?? ownerMemberId },
      });
      return ids;
    }),
  );
}
