import { openPair, sealPair } from "../signed-pair";

/** Which link of which workspace the address of an offer names. */
export type OfferToken = { workspaceId: string; linkId: string };

const purpose = "wheelhouse offer link";

/** The token of an offer's page: workspace and link, signed with a key that signs nothing else. */
export function sealOfferToken({ workspaceId, linkId }: OfferToken): string {
  return sealPair(purpose, workspaceId, linkId);
}

/** What a token names, or null when we did not sign it. */
export function openOfferToken(token: string): OfferToken | null {
  const pair = openPair(purpose, token);
  return pair && { workspaceId: pair[0], linkId: pair[1] };
}
