import { openPair, sealPair } from "../signed-pair";

/** Which link of which workspace a token names. */
export type CustomerToken = { workspaceId: string; linkId: string };

const purpose = "wheelhouse customer link";

/** The token of a customer's page: workspace and link, signed. It holds as long as the link is not revoked. */
export function sealCustomerToken({ workspaceId, linkId }: CustomerToken): string {
  return sealPair(purpose, workspaceId, linkId);
}

/** What a token names, or null when we did not sign it. */
export function openCustomerToken(token: string): CustomerToken | null {
  const pair = openPair(purpose, token);
  return pair && { workspaceId: pair[0], linkId: pair[1] };
}
