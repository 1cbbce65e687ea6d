import { z } from "zod";

/** Where a provider lives: https, or plain http on this machine; without query, fragment or sign-in of its own. */
const issuer = z
  .string()
  .trim()
  .max(300)
  .refine((text) => {
    const url = URL.canParse(text) ? new URL(text) : null;
    if (!url || url.search || url.hash || url.username || url.password) return false;
    return url.protocol === "https:" || (url.protocol === "http:" && ["localhost", "127.0.0.1"].includes(url.hostname));
  }, "issuer");

export const AddConnection = z.strictObject({
  name: z.string().trim().min(1).max(60),
  issuer,
  clientId: z.string().trim().min(1).max(300),
  clientSecret: z.string().trim().min(1).max(1000),
});
export type AddConnection = z.output<typeof AddConnection>;

export const RemoveConnection = z.strictObject({ id: z.uuid() });
export type RemoveConnection = z.output<typeof RemoveConnection>;

/** A connection as the settings show it; its secret goes in and never comes out. */
export type ConnectionView = {
  id: string;
  name: string;
  issuer: string;
  clientId: string;
  /** Where the provider sends people back to; it has to be registered there. */
  redirectUri: string;
};
