import { z } from "zod";
import { assignCase, closeCase, setRecovery, takeCaseStep } from "../recovery-cases/commands";
import { getCase, getCaseSummary, getRecoverySettings, listCases } from "../recovery-cases/queries";
import {
  AssignCase,
  CasesInput,
  CloseCase,
  caseOrigins,
  caseStates,
  caseSteps,
  SetRecovery,
  TakeCaseStep,
} from "../recovery-cases/schema";
import { ById, endpoint, pageOf } from "../server/api-endpoint";
import { Share } from "./rate";

const CaseRow = z
  .object({
    id: z.uuid(),
    version: z.number(),
    state: z.enum(caseStates),
    origin: z.enum(caseOrigins).meta({ description: "The customer's word, a rule, or a missed moment" }),
    interactionId: z.uuid(),
    medium: z.string(),
    type: z.string(),
    at: z.string(),
    customerId: z.uuid(),
    customerName: z.string(),
    agentName: z.string().nullable(),
    ownerId: z.uuid().nullable(),
    ownerName: z.string().nullable(),
    openedAt: z.string(),
    dueAt: z.string().meta({ description: "By when the customer is to be told: one business day after we knew" }),
    closedAt: z.string().nullable(),
    escalation: z.number(),
    comment: z.string(),
    done: z.number(),
    total: z.number(),
    nextStep: z.enum(caseSteps).nullable(),
    cause: z.string().nullable().meta({ description: "Key of a theme of the codebook" }),
  })
  .meta({ id: "RecoveryCaseSummary" });

const Case = z
  .object({
    ...CaseRow.shape,
    outcome: z.string(),
    closedByName: z.string().nullable(),
    momentName: z.string().nullable(),
    momentNameHe: z.string().nullable(),
    steps: z.array(
      z.object({
        id: z.uuid(),
        name: z.enum(caseSteps),
        ownerId: z.uuid().nullable(),
        ownerName: z.string().nullable(),
        dueAt: z.string(),
        doneAt: z.string().nullable(),
        doneByName: z.string().nullable(),
        note: z.string(),
      }),
    ),
    improvementId: z.uuid().nullable(),
    mayLead: z.boolean(),
  })
  .meta({ id: "RecoveryCase" });

const Summary = z
  .object({
    open: z.number(),
    late: z.number(),
    oldestOpenedAt: z.string().nullable(),
    toldInTime: Share,
    causes: z.array(z.object({ cause: z.string(), count: z.number() })),
  })
  .meta({ id: "RecoverySummary" });

const Version = z.object({ version: z.number() });
const tag = "Recovery";
const players = "OSC and managers every one they see; others what they own or have a step in.";
const leaders = "OSC, Manager.";
const readers = "Everybody but Admin.";
const Settings = z
  .object({ repeatThreshold: z.number(), repeatDays: z.number(), holdoutPercent: z.number(), version: z.number() })
  .meta({ id: "RecoverySettings" });

/** Recovery cases with their steps, and how soon a repeated cause becomes an improvement. */
export const recoveryCaseEndpoints = [
  endpoint({
    method: "GET",
    path: "/recovery-cases",
    tag,
    summary: "Bad contacts and what is done about them: open ones by due time, closed ones newest first.",
    permission: players,
    query: CasesInput,
    response: pageOf(CaseRow),
    handle: listCases,
  }),
  endpoint({
    method: "GET",
    path: "/reports/recovery",
    tag,
    summary: "How many cases are open and late, the oldest, how often the customer was told in time, and the causes.",
    permission: players,
    response: Summary,
    handle: getCaseSummary,
  }),
  endpoint({
    method: "GET",
    path: "/recovery-cases/{id}",
    tag,
    summary: "One case with its steps.",
    permission: players,
    params: ById,
    response: Case,
    handle: getCase,
  }),
  endpoint({
    method: "POST",
    path: "/recovery-cases/{id}/steps/{stepId}/done",
    tag,
    summary: "Take one step; that the customer was told comes last and needs a note of what she was told.",
    permission: "The step's owner and department, the case's owner, OSC, Manager.",
    params: z.strictObject({ id: z.uuid(), stepId: z.uuid() }),
    body: TakeCaseStep.omit({ id: true, stepId: true }),
    response: Version,
    handle: takeCaseStep,
  }),
  endpoint({
    method: "POST",
    path: "/recovery-cases/{id}/assign",
    tag,
    summary: "Give a case to somebody else.",
    permission: leaders,
    params: ById,
    body: AssignCase.omit({ id: true }),
    response: Version,
    handle: assignCase,
  }),
  endpoint({
    method: "POST",
    path: "/recovery-cases/{id}/close",
    tag,
    summary: "Close a case with outcome and cause, after the customer was told; a cause that came back is improved.",
    permission: "The case's owner, OSC, Manager.",
    params: ById,
    body: CloseCase.omit({ id: true }),
    response: z.object({ version: z.number(), improvementId: z.uuid().nullable() }),
    handle: closeCase,
  }),
  endpoint({
    method: "GET",
    path: "/recovery-settings",
    tag,
    summary: "How often a cause comes back, within how many days, before an improvement is proposed.",
    permission: readers,
    response: Settings,
    handle: getRecoverySettings,
  }),
  endpoint({
    method: "PATCH",
    path: "/recovery-settings",
    tag,
    summary: "Set that. `version` is the one that was read; 0 before anything was set.",
    permission: "Manager.",
    body: SetRecovery,
    response: Version,
    handle: setRecovery,
  }),
];
