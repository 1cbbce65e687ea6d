import { setAppointment } from "@/lib/appointments/commands";
import { SetAppointment } from "@/lib/appointments/schema";
import { assignMany } from "@/lib/bulk/commands";
import { AssignMany } from "@/lib/bulk/schema";
import { addConnection } from "@/lib/connections/commands";
import { recordConsent } from "@/lib/consents/commands";
import { RecordConsent } from "@/lib/consents/schema";
import type { Context } from "@/lib/context";
import { mergeCustomers } from "@/lib/customers/merge";
import { inWorkspace } from "@/lib/db";
import { decideExport, requestExport } from "@/lib/exports/commands";
import { logInteraction } from "@/lib/interactions/commands";
import { LogInteraction } from "@/lib/interactions/schema";
import { createKey } from "@/lib/keys/commands";
import { customerLink } from "@/lib/links/commands";
import { tellRelationship } from "@/lib/load/relationship-example";
import { inviteMember } from "@/lib/members/commands";
import { InviteMember } from "@/lib/members/schema";
import { makePromise } from "@/lib/promises/commands";
import { sendRelay } from "@/lib/relays/commands";
import { SendRelay } from "@/lib/relays/schema";
import { requestRun } from "@/lib/runs/commands";
import { RequestRun } from "@/lib/runs/schema";
import { performRun } from "@/lib/runs/tasks";
import { createReport } from "@/lib/saved-reports/commands";
import { CreateReport } from "@/lib/saved-reports/schema";
import { draftStandard } from "@/lib/standards/commands";
import { listStandards } from "@/lib/standards/queries";
import { createTask } from "@/lib/tasks/commands";
import { CreateTask } from "@/lib/tasks/schema";
import { createDraft } from "@/lib/templates/commands";
import { createView } from "@/lib/views/commands";
import { createTeam } from "@/lib/workspaces/commands";
import { furnishScenarios } from "./advised";
import { furnishEnablement } from "./enabled";
import { makeMember, makeWorkspace, type TestMember, type TestWorkspace } from "./factories";
import { furnishHandoff, furnishHours } from "./handoffs";
import { takeIn } from "./hubs";
import { importFiles } from "./imports";
import { furnishProposals } from "./offered";
import { furnishOnboarding } from "./onboarded";
import { furnishOneLeak } from "./passed";
import { furnishRecovery } from "./recovered";
import { contextOf, makeCustomer } from "./story";

const day = 86_400_000;
const before = (days: number) => new Date(Date.now() - days * day);
const after = (days: number) => new Date(Date.now() + days * day);

/** A workspace with at least one row of everything that the API can name. */
export type Busy = {
  workspace: TestWorkspace;
  osc: TestMember;
  owner: Context;
  customerId: string;
  /** The address of the customer's own page. */
  link: string;
};

/** Makes a busy workspace without a browser. */
export async function makeBusyWorkspace(name: string): Promise<Busy> {
  const workspace = await makeWorkspace({ name });
  const osc = await makeMember(workspace, { name: "Dana Whitlock" });
  await makeMember(workspace, { name: "Noa Feldman", roles: ["design"], spoke: "design" });
  const owner = await contextOf(workspace, workspace.owner, new Date(), ["owner", "admin", "manager"]);
  const ctx = await contextOf(workspace, osc, new Date());
  const customerId = await makeBusyHub(workspace, osc, ctx);
  await takeInSeveral(workspace, osc, owner);
  await furnishEnablement(owner, osc.memberId);
  await furnishRecovery(workspace, owner, customerId);
  await inWorkspace(workspace.id, () => tellRelationship(owner, [{ customerId, sentAt: before(1), nps: 9 }]));
  await furnishOneLeak(owner);
  await furnishHandoff(owner, customerId, false);
  await furnishHours(workspace, owner, customerId);
  await inWorkspace(workspace.id, () => furnishScenarios(owner));
  await furnishProposals(owner, customerId);
  await furnishOnboarding(owner, osc);
  const twin = await makeCustomer(ctx, osc, { name: "Dora Double" });
  const other = await makeCustomer(ctx, osc, { name: "Dora Double" });
  await importFiles(owner, ["Full name;E-mail\nIda Ims;ida@example.com\nBroken;nobody at example\n"]);
  const link = await inWorkspace(workspace.id, async () => {
    await mergeCustomers(owner, { survivorId: twin.customerId, loserId: other.customerId, fields: {} });
    await furnishOffice(owner);
    await furnishJobs(workspace, owner, customerId, osc);
    // The newest is one that says who stands behind its numbers.
    for (const kind of ["drivers", "lapses"])
      await performRun(owner, (await requestRun(owner, RequestRun.parse({ kind }))).id);
    const [person] = await ctx.db.person.findMany({ where: { workspaceId: workspace.id, customerId } });
    const wish = { customerId, personId: person?.id, medium: "email", purpose: "marketing", state: "granted" };
    await recordConsent(ctx, RecordConsent.parse({ ...wish, evidence: { text: "She said so on the phone." } }));
    return (await customerLink(ctx, { customerId })).address;
  });
  return { workspace, osc, owner, customerId, link };
}

/** A change of many that waits for its count, and a file of the list that somebody else approved. */
async function furnishJobs(workspace: TestWorkspace, owner: Context, customerId: string, osc: TestMember) {
  const selection = { kind: "ids", ids: [customerId] };
  await assignMany(owner, AssignMany.parse({ selection, memberId: osc.memberId, reason: "A long journey" }));
  const admin = await contextOf(
    workspace,
    await makeMember(workspace, { name: "Lena Lead", roles: ["admin"] }),
    owner.now,
    ["admin"],
  );
  const { id } = await requestExport(owner, { query: "", reason: "Yearly review" });
  await decideExport(admin, { id, decision: "approved" });
}

async function furnishOffice(owner: Context): Promise<void> {
  const { workspaceId, slug } = owner;
  await createKey(owner, { name: "Reporting", role: "auditor" });
  await createView(owner, { name: "Mine", query: "q=ada", scope: "workspace", isPinned: true });
  await createTeam(owner, { name: "North" });
  const definition = { subject: "interactions", groupBy: ["medium"], measures: ["two_way"] };
  await createReport(owner, CreateReport.parse({ name: "Contacts by medium", definition, isShared: true }));
  await inviteMember(owner, InviteMember.parse({ email: `ivy.${slug}@example.test`, name: "Ivy", roles: ["osc"] }));
  const provider = { name: "Harbour ID", issuer: "https://id.example.com", clientId: "wheelhouse" };
  await addConnection(owner, { ...provider, clientSecret: `hush-${slug}-hush` });
  const template = await owner.db.journeyTemplate.findFirstOrThrow({ where: { workspaceId, isDefault: true } });
  await createDraft(owner, { fromId: template.id });
  const [standard] = await listStandards(owner);
  await draftStandard(owner, { id: standard?.id ?? "" });
}

/** A customer with a conversation, a question to design, a promise, a task and an appointment. */
export async function makeBusyHub(workspace: TestWorkspace, osc: TestMember, ctx: Context): Promise<string> {
  const { customerId } = await makeCustomer(await contextOf(workspace, osc, before(3)), osc);
  const spokes = await inWorkspace(workspace.id, () => ctx.db.spoke.findMany({ where: { workspaceId: workspace.id } }));
  const spokeId = (key: string) => spokes.find((each) => each.key === key)?.id ?? "";
  const said = { customerId, medium: "email", direction: "inbound", summary: "Can we still move the island outlet?" };
  const wrote = { customerId, medium: "phone", direction: "outbound", isTwoWay: true, summary: "Walked through it." };
  await inWorkspace(workspace.id, async () => {
    await logInteraction(ctx, LogInteraction.parse({ ...said, startedAt: before(2).toISOString() }));
    await logInteraction(ctx, LogInteraction.parse(wrote));
    const question = "Which outlets may still move, and until when?";
    await sendRelay(ctx, SendRelay.parse({ customerId, toSpokeId: spokeId("design"), question }));
    await makePromise(ctx, { customerId, text: "The cut-off calendar", dueAt: after(2) });
    await createTask(
      ctx,
      CreateTask.parse({ customerId, title: "Send the rules of the house", ownerId: osc.memberId }),
    );
    const visit = { customerId, hostId: osc.memberId, timeZone: "UTC", place: "Cedar Ridge studio", asNext: true };
    const startAt = after(3).toISOString();
    await setAppointment(ctx, SetAppointment.parse({ ...visit, startAt, name: "Walk round the plot" }));
  });
  return customerId;
}

/** Takes in people of every kind: late, new, foreign, and two who look alike. */
export async function takeInSeveral(workspace: TestWorkspace, osc: TestMember, manager: Context): Promise<void> {
  await makeCustomer(await contextOf(workspace, osc, before(6)), osc, { name: "Bo Jensen and family" });
  await makeCustomer(await contextOf(workspace, osc, new Date()), osc, { name: "נועה לוי" });
  const review = { name: "First review" };
  await makeCustomer(await contextOf(workspace, osc, before(1)), osc, { name: "Ada Abara", next: review });
  for (const name of ["Greta Builder", "Greta B. Builder"]) {
    const persons = [{ name, phones: ["+972501234567"], emails: ["greta@example.com"] }];
    const message = "A long question about the garden, the garage and everything else around the house, please.";
    await takeIn(manager, { persons, duplicates: "create", origin: "organic search", place: "Haifa", message });
  }
}
