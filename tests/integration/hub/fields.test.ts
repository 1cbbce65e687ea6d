import { expect, test } from "vitest";
import { inWorkspace } from "@/lib/db";
import { getHub } from "@/lib/hub/queries";
import type { Hub, HubPerson, HubSpoke, HubStage, HubTouchpoint } from "@/lib/hub/schema";
import { makeMember, makeWorkspace } from "../../support/factories";
import { contextOf, makeCustomer } from "../../support/story";

// PostgreSQL writes the hub, so no type check sees what it leaves out: these lists are complete by their types.

type Fields<T> = Record<keyof T, true>;

const customer: Fields<Hub["customer"]> = {
  id: true,
  name: true,
  kind: true,
  segment: true,
  place: true,
  origin: true,
  flag: true,
  notes: true,
  timeZone: true,
  createdAt: true,
  version: true,
  mergedIntoId: true,
};
const journey: Fields<Hub["journey"]> = {
  id: true,
  status: true,
  need: true,
  stageId: true,
  templateId: true,
  oscId: true,
  oscName: true,
  oscSince: true,
  oscPhotoId: true,
  accountableSpokeId: true,
  accountableId: true,
  accountableName: true,
  enteredStageAt: true,
  arrivedAt: true,
  unansweredSince: true,
  unansweredDueAt: true,
  offTrackSince: true,
  holdUntil: true,
  valueMinor: true,
  currency: true,
  lostReason: true,
  fields: true,
  version: true,
};
const stage: Fields<HubStage> = {
  id: true,
  key: true,
  name: true,
  position: true,
  spokeId: true,
  dwellP50Days: true,
  dwellP80Days: true,
  allowedNext: true,
  requiredFields: true,
  entryStatus: true,
};
const spoke: Fields<HubSpoke> = { id: true, key: true, code: true, name: true, nameHe: true, position: true };
const person: Fields<HubPerson> = {
  id: true,
  name: true,
  role: true,
  identityLevel: true,
  isPrimary: true,
  version: true,
  contactPoints: true,
  consents: true,
};
const touchpoint: Fields<HubTouchpoint> = {
  id: true,
  name: true,
  type: true,
  medium: true,
  state: true,
  spokeId: true,
  ownerName: true,
  startedAt: true,
  dueAt: true,
  closedAt: true,
  version: true,
};

test("the hub carries every field that its screens read", async () => {
  const workspace = await makeWorkspace();
  const osc = await makeMember(workspace);
  const ctx = await contextOf(workspace, osc, new Date());
  const { customerId } = await makeCustomer(ctx, osc);
  const hub = await inWorkspace(workspace.id, () => getHub(ctx, customerId));
  const parts = [
    [hub.customer, customer],
    [hub.journey, journey],
    [hub.stages[0], stage],
    [hub.spokes[0], spoke],
    [hub.persons[0], person],
    [hub.next, touchpoint],
  ] as const;
  for (const [part, fields] of parts) expect(Object.keys(part ?? {}).sort()).toEqual(Object.keys(fields).sort());
  expect(hub.journey.arrivedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
});
