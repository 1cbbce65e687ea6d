import { z } from "zod";
import { logCsmHours, removeCsmHours, setCsmCapacity } from "../csm-hours/commands";
import { getBudgets, listCsmHours } from "../csm-hours/queries";
import { CsmHoursInput, LogCsmHours, SetCsmCapacity } from "../csm-hours/schema";
import { ById, endpoint, pageOf } from "../server/api-endpoint";

const Entry = z
  .object({
    id: z.uuid(),
    journeyId: z.uuid(),
    handoffId: z.uuid().nullable(),
    customerId: z.uuid(),
    customerName: z.string(),
    memberId: z.uuid(),
    memberName: z.string(),
    minutes: z.number(),
    spentOn: z.string(),
    presale: z.boolean().meta({ description: "Before the deal was won" }),
    note: z.string(),
    loggedAt: z.string(),
    mayRemove: z.boolean(),
  })
  .meta({ id: "CsmHours" });

const minutes = {
  capacity: z.number().nullable().meta({ description: "Minutes in the window; null is not known" }),
  used: z.number(),
  reserved: z.number().meta({ description: "Held by handoffs that were proposed or accepted and not completed" }),
  free: z.number().nullable(),
};

const Budgets = z
  .object({
    from: z.string(),
    to: z.string(),
    weeks: z.number(),
    minutesWeek: z.number().nullable(),
    members: z.array(
      z.object({
        memberId: z.uuid(),
        name: z.string(),
        minutesWeek: z.number().nullable(),
        isOwn: z.boolean(),
        ...minutes,
      }),
    ),
    unassigned: z.number().meta({ description: "Reserved by handoffs that nobody is named for" }),
    team: z.object({ ...minutes, slack: z.number().nullable().meta({ description: "Free share, 0 to 1" }) }),
    maySet: z.boolean(),
  })
  .meta({ id: "CsmBudgets" });

const tag = "Handoffs";
const owners = "Members of customer success their own; a manager anybody's.";

/** Time of customer success: what deals took, and what is free. */
export const csmHourEndpoints = [
  endpoint({
    method: "GET",
    path: "/csm-hours",
    tag,
    summary: "Time of customer success that was logged on deals, newest first.",
    permission: "Everybody who sees the customer, and both departments of a handoff.",
    query: CsmHoursInput,
    response: pageOf(Entry),
    handle: listCsmHours,
  }),
  endpoint({
    method: "POST",
    path: "/csm-hours",
    tag,
    summary: "Log time on a deal: on its journey, or on a handoff of it.",
    permission: owners,
    body: LogCsmHours,
    response: z.object({ id: z.uuid(), presale: z.boolean() }),
    status: 201,
    handle: logCsmHours,
  }),
  endpoint({
    method: "DELETE",
    path: "/csm-hours/{id}",
    tag,
    summary: "Take logged time back.",
    permission: owners,
    params: ById,
    handle: removeCsmHours,
  }),
  endpoint({
    method: "GET",
    path: "/csm-budget",
    tag,
    summary:
      "Capacity, used, reserved and free minutes of everybody in customer success in the four weeks that end today.",
    permission: "Everybody.",
    response: Budgets,
    handle: getBudgets,
  }),
  endpoint({
    method: "POST",
    path: "/csm-budget",
    tag,
    summary:
      "Say how many minutes a week somebody of customer success has for deals, or everybody without an own number.",
    permission: "Manager, Admin, Owner.",
    body: SetCsmCapacity,
    handle: setCsmCapacity,
  }),
];
