import { z } from "zod";

const note = z.string().trim().max(1_000).default("");

export const LogCsmHours = z.strictObject({
  /** Made by the screen, so that a retry is the same entry. */
  id: z.uuid().optional(),
  journeyId: z.uuid(),
  /** The handoff of that journey that it was spent on; its receivers need not see the journey yet. */
  handoffId: z.uuid().optional(),
  /** Whose time it was; the caller's own when left out. */
  memberId: z.uuid().optional(),
  minutes: z.number().int().min(1).max(1_440),
  spentOn: z.iso.date(),
  /** Before the deal was won; left out, the journey says so. */
  presale: z.boolean().optional(),
  note,
});
export type LogCsmHours = z.output<typeof LogCsmHours>;

export const CsmHoursKey = z.strictObject({ id: z.uuid() });
export type CsmHoursKey = z.output<typeof CsmHoursKey>;

export const CsmHoursInput = z.strictObject({
  handoffId: z.uuid().optional(),
  journeyId: z.uuid().optional(),
  memberId: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
});
export type CsmHoursInput = z.output<typeof CsmHoursInput>;

export const SetCsmCapacity = z.strictObject({
  /** Whose; null is everybody who has no own. */
  memberId: z.uuid().nullable(),
  /** In a week, for deals; null is not known, or as everybody. */
  minutesWeek: z.number().int().min(0).max(10_080).nullable(),
});
export type SetCsmCapacity = z.output<typeof SetCsmCapacity>;

export type CsmHoursRow = {
  id: string;
  journeyId: string;
  handoffId: string | null;
  customerId: string;
  customerName: string;
  memberId: string;
  memberName: string;
  minutes: number;
  spentOn: string;
  presale: boolean;
  note: string;
  loggedAt: string;
  /** She may take it back. */
  mayRemove: boolean;
};

/** Minutes in the window, and those that handoffs which were proposed or accepted still hold; null is not known. */
export type Budget = { capacity: number | null; used: number; reserved: number; free: number | null };

export type CsmBudget = Budget & {
  memberId: string;
  name: string;
  minutesWeek: number | null;
  /** Her own, not everybody's. */
  isOwn: boolean;
};

export type CsmBudgets = {
  /** First and last day of the window. */
  from: string;
  to: string;
  weeks: number;
  /** Everybody's who has no own. */
  minutesWeek: number | null;
  members: CsmBudget[];
  /** Reserved of the department by handoffs that nobody is named for. */
  unassigned: number;
  /** Of those whose capacity is known together, less what is unassigned; `slack` is the free share, 0 to 1. */
  team: Budget & { slack: number | null };
  maySet: boolean;
};
