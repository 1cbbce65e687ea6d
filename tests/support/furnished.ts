import { type Browser, expect } from "@playwright/test";
import type { Context } from "@/lib/context";
import { inWorkspace } from "@/lib/db";
import { newId } from "@/lib/identifiers";
import { createImport, storeImportFile } from "@/lib/imports/commands";
import { CreateImport } from "@/lib/imports/schema";
import { createKey } from "@/lib/keys/commands";
import { customerLink } from "@/lib/links/commands";
import { tellRelationship } from "@/lib/load/relationship-example";
import { requestRun } from "@/lib/runs/commands";
import { RequestRun } from "@/lib/runs/schema";
import { performRun } from "@/lib/runs/tasks";
import { createReport } from "@/lib/saved-reports/commands";
import { CreateReport } from "@/lib/saved-reports/schema";
import { draftStandard } from "@/lib/standards/commands";
import { listStandards } from "@/lib/standards/queries";
import { createDraft } from "@/lib/templates/commands";
import { createView } from "@/lib/views/commands";
import { furnishScenarios } from "./advised";
import { makeBusyHub, takeInSeveral } from "./busy";
import { furnishEnablement } from "./enabled";
import { makeMember, makeWorkspace, type TestMember, type TestWorkspace } from "./factories";
import { furnishHandoff, furnishHours } from "./handoffs";
import { furnishProposals, linkOffer } from "./offered";
import { furnishOnboarding } from "./onboarded";
import { makeRun, tellLeak } from "./passed";
import { linkIn } from "./people";
import { contextOf, makeCustomer } from "./story";
import { furnishVoices, inviteTo, relationshipInviteTo } from "./voices";

/** A workspace in full use: something of everything that a screen shows. */
export type Furnished = {
  workspace: TestWorkspace;
  owner: TestMember;
  osc: TestMember;
  designer: TestMember;
  customerId: string;
  importId: string;
  templateId: string;
  draftId: string;
  /** A version of a standard that is in force, and one that is written. */
  standardId: string;
  standardDraftId: string;
  /** A call of the OSC that somebody may judge. */
  interactionId: string;
  invitation: string;
  reset: string;
  customerToken: string;
  surveyToken: string;
  /** Of a question about the relationship. */
  relationshipToken: string;
  /** A handoff that waits for design to answer. */
  handoffId: string;
  /** An onboarding that began now. */
  onboardingId: string;
  /** A proposal that disagrees with the offer of record. */
  proposalId: string;
  /** The address of an offer that its customer may answer. */
  offerToken: string;
  /** A saved report of contacts by medium. */
  reportId: string;
  /** A finished run of the drivers. */
  driversRunId: string;
  /** A leak that two nights have found. */
  leakId: string;
  /** Names that the workspace gave to its stages and calendars; they stand as they were written, in every language. */
  givenNames: string[];
};

/** Furnishes a demo workspace with people, customers in every state, what is owed, an import, keys and links. */
export async function furnish(browser: Browser, origin: string): Promise<Furnished> {
  const workspace = await makeWorkspace({ isDemo: true });
  const { owner } = workspace;
  const osc = await makeMember(workspace, { name: "Dana Whitlock" });
  const designer = await makeMember(workspace, { name: "Noa Feldman", roles: ["design"], spoke: "design" });
  const manager = await contextOf(workspace, owner, new Date(), ["owner", "admin", "manager"]);
  const ctx = await contextOf(workspace, osc, new Date());
  const customerId = await makeBusyHub(workspace, osc, ctx);
  await takeInSeveral(workspace, osc, manager);
  await furnishVoices(ctx, customerId);
  const driversRunId = await furnishDrivers(manager);
  await furnishEnablement(manager, osc.memberId);
  const handed = await makeCustomer(ctx, osc, { name: "Hana Over" });
  const handoffId = await furnishHandoff(manager, handed.customerId, true);
  await furnishHours(workspace, manager, handed.customerId);
  await inWorkspace(workspace.id, () => furnishScenarios(manager));
  const proposalId = await furnishProposals(manager, customerId);
  // Whoever came and went is another's, so that what the OSC sees first stays what she works on.
  const lena = await makeMember(workspace, { name: "Lena Lindqvist" });
  const leakId = await furnishLeak(manager, lena.memberId);
  const onboardingId = await furnishOnboarding(manager, osc);
  const offerToken = await linkOffer(manager, customerId);
  const reportId = await furnishReport(manager);
  const surveyToken = await inviteTo(ctx, customerId);
  const relationshipToken = await relationshipInviteTo(ctx, handed.customerId);
  await inWorkspace(workspace.id, () =>
    tellRelationship(manager, [
      { customerId, sentAt: new Date(Date.now() - 86_400_000), nps: 9, comment: "You know our house by heart." },
    ]),
  );
  const { address } = await inWorkspace(workspace.id, () => customerLink(ctx, { customerId }));
  const invitation = await invite(workspace, manager, origin);
  const reset = await askForReset(workspace, designer, browser, origin);
  return {
    ...{ workspace, owner, osc, designer, customerId, invitation, reset, surveyToken, handoffId, driversRunId },
    ...{ relationshipToken, proposalId, leakId, onboardingId, offerToken, reportId },
    ...(await furnishSettings(manager)),
    ...(await furnishStandards(manager, customerId)),
    customerToken: new URL(address).pathname.split("/").at(-1) ?? "",
    importId: await startImport(manager),
  };
}

/** People who came and went, a leak among them, and what the nights found of it. */
async function furnishLeak(manager: Context, oscId: string): Promise<string> {
  await tellLeak(manager, oscId);
  await makeRun(manager, "leaks", new Date(Date.now() - 86_400_000));
  for (const kind of ["leaks", "survival", "origins"] as const) await makeRun(manager, kind);
  const { workspaceId } = manager;
  return inWorkspace(workspaceId, async () => (await manager.db.leak.findFirstOrThrow({ where: { workspaceId } })).id);
}

async function furnishReport(manager: Context): Promise<string> {
  const definition = { subject: "interactions", groupBy: ["medium"], measures: ["two_way", "duration"] };
  const input = CreateReport.parse({ name: "Contacts by medium", definition, isShared: true });
  return inWorkspace(manager.workspaceId, async () => (await createReport(manager, input)).id);
}

/** Says of every rated contact how its next step went, and finds what that weighs. */
async function furnishDrivers(manager: Context): Promise<string> {
  const { workspaceId } = manager;
  return inWorkspace(workspaceId, async () => {
    await manager.db.$executeRaw`
      insert into moment_observations (workspace_id, id, interaction_id, moment_id, state, observer_kind, observed_at)
      select i.workspace_id, gen_random_uuid(), i.id, d.id,
        case i.experience_class when 'positive' then 'done' when 'negative' then 'missed' else 'done_well' end, 'qa', i.started_at
      from interactions i join defining_moments d on d.workspace_id = i.workspace_id and d.interaction_type = i.type
      where i.workspace_id = ${workspaceId}::uuid and i.experience_class is not null`;
    const { id } = await requestRun({ ...manager, now: new Date() }, RequestRun.parse({ kind: "drivers" }));
    await performRun(manager, id);
    return id;
  });
}

async function invite(workspace: TestWorkspace, manager: Context, origin: string): Promise<string> {
  const { secret } = await inWorkspace(workspace.id, () => createKey(manager, { name: "Directory", role: "admin" }));
  const response = await fetch(`${origin}/api/v1/members`, {
    method: "POST",
    headers: { authorization: `Bearer ${secret}`, "content-type": "application/json", "idempotency-key": newId() },
    body: JSON.stringify({ email: `ivy.${workspace.slug}@example.test`, name: "Ivy Invited", roles: ["osc"] }),
  });
  expect(response.status, await response.text()).toBe(201);
  return linkIn(workspace.id, "/invitation/");
}

async function askForReset(
  workspace: TestWorkspace,
  { email }: TestMember,
  browser: Browser,
  origin: string,
): Promise<string> {
  const page = await browser.newPage({ baseURL: origin, locale: "en-GB" });
  await page.goto("/forgot");
  await page.getByRole("textbox").fill(email);
  await page.keyboard.press("Enter");
  const link = () => linkIn(workspace.id, "/reset/").catch(() => "");
  await expect.poll(link).not.toBe("");
  await page.close();
  return link();
}

async function furnishSettings(manager: Context): Promise<Pick<Furnished, "templateId" | "draftId" | "givenNames">> {
  const { workspaceId } = manager;
  return inWorkspace(workspaceId, async () => {
    const templates = await manager.db.journeyTemplate.findMany({ where: { workspaceId } });
    const fromId = templates.find(({ isDefault }) => isDefault)?.id ?? "";
    await createKey(manager, { name: "Reporting", role: "auditor" });
    await createView(manager, { name: "Mine", query: "sort=name", scope: "workspace", isPinned: true });
    const stages = await manager.db.stage.findMany({ where: { workspaceId }, select: { name: true } });
    const calendars = await manager.db.calendar.findMany({ where: { workspaceId }, select: { name: true } });
    const { id: draftId } = await createDraft(manager, { fromId });
    return { templateId: fromId, draftId, givenNames: [...stages, ...calendars].map(({ name }) => name) };
  });
}

async function furnishStandards(
  manager: Context,
  customerId: string,
): Promise<Pick<Furnished, "standardId" | "standardDraftId" | "interactionId">> {
  const { workspaceId } = manager;
  return inWorkspace(workspaceId, async () => {
    const [standard] = await listStandards(manager);
    const { id: standardDraftId } = await draftStandard(manager, { id: standard?.id ?? "" });
    const call = await manager.db.interaction.findFirstOrThrow({
      where: { workspaceId, customerId, medium: "phone", isAutomated: false, journeyId: { not: null } },
      orderBy: { startedAt: "desc" },
    });
    return { standardId: standard?.inForceId ?? "", standardDraftId, interactionId: call.id };
  });
}

/** An import of one person and one row that is refused; the worker runs it. */
function startImport(manager: Context): Promise<string> {
  return inWorkspace(manager.workspaceId, async () => {
    const content = new TextEncoder().encode("Full name;E-mail\nIda Ims;ida@example.com\nBroken;nobody at example\n");
    const { id: file } = await storeImportFile(manager, { name: "people.csv", content });
    return (await createImport(manager, CreateImport.parse({ files: [file] }))).id;
  });
}
