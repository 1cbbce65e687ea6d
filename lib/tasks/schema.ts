import { z } from "zod";

const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

const key = { id: z.uuid(), version: z.number().int().optional() };

/** Something one of us has to do for a customer. */
export const CreateTask = z.strictObject({
  /** Made by the screen, so that a retry is the same task. */
  id: z.uuid().optional(),
  customerId: z.uuid(),
  journeyId: z.uuid().optional(),
  title: z.string().trim().min(1).max(300),
  /** The department that does it; the owner's when left out, else the author's. */
  spokeId: z.uuid().optional(),
  ownerId: z.uuid().nullish(),
  dueAt: instant.nullish(),
});
export type CreateTask = z.output<typeof CreateTask>;

export const TaskKey = z.strictObject(key);
export type TaskKey = z.output<typeof TaskKey>;

export const CancelTask = z.strictObject({ ...key, reason: z.string().trim().max(1000).optional() });
export type CancelTask = z.output<typeof CancelTask>;

export const ReassignTask = z.strictObject({ ...key, ownerId: z.uuid().nullable() });
export type ReassignTask = z.output<typeof ReassignTask>;

/** A task as it leaves the server. The words of the kinds other than `todo` are the screens'. */
export type TaskView = {
  id: string;
  customerId: string;
  journeyId: string | null;
  title: string;
  kind: string;
  ownerId: string | null;
  ownerName: string | null;
  spokeId: string;
  dueAt: string | null;
  state: string;
  createdAt: string;
  closedAt: string | null;
  version: number;
};
