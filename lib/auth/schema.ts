import { z } from "zod";

const password = z.string().min(10, "short").max(200, "long");
const secret = z.string().max(100);

export const RequestReset = z.strictObject({ email: z.string().trim().min(3).max(254) });
export type RequestReset = z.output<typeof RequestReset>;

export const ResetPassword = z.strictObject({ secret, password });
export type ResetPassword = z.output<typeof ResetPassword>;

export const ChangePassword = z.strictObject({ current: z.string().min(1).max(1000), password });
export type ChangePassword = z.output<typeof ChangePassword>;

export const AcceptInvitation = z.strictObject({
  token: secret,
  name: z.string().trim().max(120).optional(),
  password: z.string().max(200).optional(),
});
export type AcceptInvitation = z.output<typeof AcceptInvitation>;

export const EndSession = z.strictObject({ id: z.uuid() });
export type EndSession = z.output<typeof EndSession>;

export const NoInput = z.strictObject({});
