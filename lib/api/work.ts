import { z } from "zod";
import { cancelAppointment, confirmAppointment, rescheduleAppointment, setAppointment } from "../appointments/commands";
import { keepAppointment, missAppointment } from "../appointments/outcome";
import { listAppointments } from "../appointments/queries";
import {
  AppointmentKey,
  CancelAppointment,
  KeepAppointment,
  RescheduleAppointment,
  SetAppointment,
} from "../appointments/schema";
import type { Context } from "../context";
import { breakPromise, keepPromise, makePromise, renegotiatePromise } from "../promises/commands";
import { listPromises } from "../promises/queries";
import { BreakPromise, MakePromise, PromiseKey, RenegotiatePromise } from "../promises/schema";
import { ById, type Endpoint, endpoint, pageOf } from "../server/api-endpoint";
import { cancelTask, completeTask, createTask, reassignTask } from "../tasks/commands";
import { listTasks } from "../tasks/queries";
import { CancelTask, CreateTask, ReassignTask, TaskKey } from "../tasks/schema";
import { onRow } from "./writes";

const permission = "Everybody who may edit contacts and sees the customer.";
const Made = z.object({ id: z.uuid() });

const PromiseRow = z
  .object({
    id: z.uuid(),
    customerId: z.uuid(),
    journeyId: z.uuid(),
    text: z.string(),
    byId: z.uuid(),
    byName: z.string(),
    spokeId: z.uuid(),
    state: z.string(),
    renegotiated: z.number(),
    madeAt: z.string(),
    dueAt: z.string(),
    closedAt: z.string().nullable(),
    version: z.number(),
  })
  .meta({ id: "Promise" });

const TaskRow = z
  .object({
    id: z.uuid(),
    customerId: z.uuid(),
    journeyId: z.uuid().nullable(),
    title: z.string(),
    kind: z.string(),
    ownerId: z.uuid().nullable(),
    ownerName: z.string().nullable(),
    spokeId: z.uuid(),
    dueAt: z.string().nullable(),
    state: z.string(),
    createdAt: z.string(),
    closedAt: z.string().nullable(),
    version: z.number(),
  })
  .meta({ id: "Task" });

const AppointmentRow = z
  .object({
    id: z.uuid(),
    customerId: z.uuid(),
    journeyId: z.uuid(),
    hostId: z.uuid(),
    hostName: z.string(),
    setById: z.uuid(),
    startAt: z.string(),
    timeZone: z.string(),
    place: z.string().nullable(),
    state: z.string(),
    setAt: z.string(),
    decidedAt: z.string().nullable(),
    keptEvidence: z.string().nullable(),
    successorId: z.uuid().nullable(),
    leadAgeDays: z.number(),
    version: z.number(),
  })
  .meta({ id: "Appointment" });

type OfCustomer<Row extends z.ZodType> = {
  noun: string;
  tag: string;
  row: Row;
  list(ctx: Context, input: { customerId: string }): Promise<z.input<Row>[]>;
};

/** What belongs to one customer, newest first; at most 200. */
function ofCustomer<Row extends z.ZodType>({ noun, tag, row, list }: OfCustomer<Row>): Endpoint {
  return endpoint({
    method: "GET",
    path: `/customers/{id}/${noun}`,
    tag,
    summary: `A customer's ${noun}, newest first; at most 200.`,
    permission: "Everybody who may see the customer.",
    params: ById,
    response: pageOf(row) as z.ZodType,
    handle: async (ctx, { id }) => ({ data: await list(ctx, { customerId: id }), nextCursor: null }),
  });
}

const promises = { noun: "promises", tag: "Promises" } as const;
const tasks = { noun: "tasks", tag: "Tasks" } as const;
const appointments = { noun: "appointments", tag: "Appointments" } as const;
const keeper = "Who made it, her department, Manager.";
const host = "The host, Manager.";

export const promiseEndpoints = [
  ofCustomer({ ...promises, row: PromiseRow, list: listPromises }),
  endpoint({
    method: "POST",
    path: "/promises",
    tag: promises.tag,
    summary: "Note what the customer was told we would do, by when and by whom.",
    permission,
    body: MakePromise,
    response: Made,
    status: 201,
    handle: makePromise,
  }),
  onRow({
    ...promises,
    verb: "keep",
    summary: "Note that it was kept.",
    permission: keeper,
    schema: PromiseKey,
    command: keepPromise,
  }),
  onRow({
    ...promises,
    verb: "break",
    summary: "Note that it will not be kept.",
    permission: keeper,
    schema: BreakPromise,
    command: breakPromise,
  }),
  onRow({
    ...promises,
    verb: "renegotiate",
    summary: "Agree on another time with the customer.",
    permission: keeper,
    schema: RenegotiatePromise,
    command: renegotiatePromise,
    response: Made,
  }),
];

export const taskEndpoints = [
  ofCustomer({ ...tasks, row: TaskRow, list: listTasks }),
  endpoint({
    method: "POST",
    path: "/tasks",
    tag: tasks.tag,
    summary: "Give somebody, or a department, something to do for a customer.",
    permission,
    body: CreateTask,
    response: Made,
    status: 201,
    handle: createTask,
  }),
  onRow({
    ...tasks,
    verb: "complete",
    summary: "Note that it is done.",
    permission: keeper,
    schema: TaskKey,
    command: completeTask,
  }),
  onRow({
    ...tasks,
    verb: "cancel",
    summary: "Note that it need not be done.",
    permission: keeper,
    schema: CancelTask,
    command: cancelTask,
  }),
  onRow({
    ...tasks,
    verb: "reassign",
    summary: "Give it to somebody else, or to the department.",
    permission: keeper,
    schema: ReassignTask,
    command: reassignTask,
  }),
];

export const appointmentEndpoints = [
  ofCustomer({ ...appointments, row: AppointmentRow, list: listAppointments }),
  endpoint({
    method: "POST",
    path: "/appointments",
    tag: appointments.tag,
    summary: "Set an appointment with a host.",
    permission,
    body: SetAppointment,
    response: Made,
    status: 201,
    handle: setAppointment,
  }),
  onRow({
    ...appointments,
    verb: "confirm",
    summary: "Note that the customer confirmed.",
    permission,
    schema: AppointmentKey,
    command: confirmAppointment,
  }),
  onRow({
    ...appointments,
    verb: "keep",
    summary: "Note that it took place.",
    permission: host,
    schema: KeepAppointment,
    command: keepAppointment,
  }),
  onRow({
    ...appointments,
    verb: "miss",
    summary: "Note that the customer did not come.",
    permission: host,
    schema: AppointmentKey,
    command: missAppointment,
  }),
  onRow({
    ...appointments,
    verb: "cancel",
    summary: "Call it off.",
    permission,
    schema: CancelAppointment,
    command: cancelAppointment,
  }),
  onRow({
    ...appointments,
    verb: "reschedule",
    summary: "Move it to another time; the chain counts once.",
    permission,
    schema: RescheduleAppointment,
    command: rescheduleAppointment,
    response: Made,
  }),
];
