import { parseArgs } from "node:util";
import { systemContext } from "../auth/context";
import { asUser, closeDatabase, inWorkspace } from "../db";
import { AppError } from "../errors";
import { invitationAddress, issueInvitation } from "../members/invitations";
import { record, transaction } from "../transaction";
import { NewWorkspace } from "../workspaces/schema";
import { createWorkspace } from "../workspaces/setup";

const usage = [
  "Usage: npm run workspace -- create --slug SLUG --name NAME --owner EMAIL",
  "         [--owner-name NAME] [--time-zone ZONE] [--locale en|he] [--currency CODE]",
  "       npm run workspace -- link --slug SLUG --member EMAIL",
].join("\n");

const options = {
  slug: { type: "string" },
  name: { type: "string" },
  owner: { type: "string" },
  "owner-name": { type: "string" },
  "time-zone": { type: "string" },
  locale: { type: "string" },
  currency: { type: "string" },
  member: { type: "string" },
} as const;

type Values = { [Key in keyof typeof options]?: string };

/** Makes a one-time sign-in link for a member who has not come yet; her earlier links stop working. */
async function makeLink(workspaceId: string, member: { id: string; email: string }): Promise<string> {
  const ctx = await systemContext(workspaceId);
  const token = await inWorkspace(workspaceId, () =>
    transaction(ctx, async (ctx) => {
      record(ctx, "member.invited", { subject: `member:${member.id}`, detail: { email: member.email } });
      return issueInvitation(ctx, { memberId: member.id, email: member.email });
    }),
  );
  return invitationAddress(token);
}

/** Creates a workspace and prints the link that its owner comes in by, once and within seven days. */
async function create(values: Values): Promise<void> {
  const given = {
    slug: values.slug,
    name: values.name,
    owner: { email: values.owner, name: values["owner-name"] ?? values.owner?.split("@")[0] },
    timeZone: values["time-zone"],
    locale: values.locale,
    currency: values.currency,
  };
  const parsed = NewWorkspace.safeParse(given);
  if (!parsed.success) {
    const wrong = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join("\n");
    throw new Error(`${wrong}\n${usage}`);
  }
  const { workspaceId, ownerMemberId } = await createWorkspace(parsed.data);
  console.log(await makeLink(workspaceId, { id: ownerMemberId, email: parsed.data.owner.email }));
}

/** Prints a new link for somebody who was invited, for an installation that sends no mail. */
async function link({ slug = "", member: email = "" }: Values): Promise<void> {
  const workspace = await asUser(null, (db) => db.workspace.findUnique({ where: { slug }, select: { id: true } }));
  if (!workspace) throw new Error(`There is no workspace "${slug}".\n${usage}`);
  const { id: workspaceId } = workspace;
  const ctx = await systemContext(workspaceId);
  const member = await inWorkspace(workspaceId, () =>
    ctx.db.member.findFirst({
      where: { workspaceId, email: email.toLowerCase(), userId: null, status: { in: ["invited", "active"] } },
      select: { id: true },
    }),
  );
  if (!member) throw new Error(`Nobody who still has to come was invited as "${email}".`);
  console.log(await makeLink(workspaceId, { id: member.id, email: email.toLowerCase() }));
}

async function run(): Promise<void> {
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const [command] = positionals;
  if (command === "create") return create(values);
  if (command === "link") return link(values);
  throw new Error(usage);
}

try {
  await run();
} catch (error) {
  const isTaken = error instanceof AppError && error.reason === "slug_taken";
  console.error(isTaken ? "This slug is taken: choose another." : error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await closeDatabase();
}
