import { publicOrigin } from "../env";
import { isLocalPath } from "../paths";

/** The path of this site that an address names, or null when it names another place. */
export function localPathOf(address: string): string | null {
  const origin = publicOrigin();
  const path = address.startsWith(origin) ? address.slice(origin.length) || "/" : address;
  return isLocalPath(path) ? path : null;
}
