import { z } from "zod";

export const NotificationsInput = z.object({ cursor: z.string().max(200).optional() });
export type NotificationsInput = z.output<typeof NotificationsInput>;

/** Everything up to this instant was read. */
export const ReadNotifications = z.object({ upTo: z.iso.datetime() });
export type ReadNotifications = z.output<typeof ReadNotifications>;

/** One thing a member was told; `kind` and `params` are put into words by the messages. */
export type Told = {
  id: string;
  kind: string;
  params: Record<string, string | number>;
  customerId: string | null;
  customerName: string;
  createdAt: string;
  isRead: boolean;
};
