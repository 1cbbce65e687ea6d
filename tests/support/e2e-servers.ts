import { owningEnvironment } from "../../scripts/platform/addresses";
import { startSystem } from "./system";

/** The OpenID provider of the tests answers on this machine. */
const ownProvider = { OIDC_PRIVATE_HOSTS: "127.0.0.1" };

/** Serves the built application on a database of its own for the whole run; tests find both in the environment. */
export default async function serveForTests(): Promise<() => Promise<void>> {
  const { origin, secret, database, end } = await startSystem({ env: { WHEELHOUSE_GALLERY: "1", ...ownProvider } });
  Object.assign(process.env, owningEnvironment(database), ownProvider, {
    NEXTAUTH_SECRET: secret,
    NEXTAUTH_URL: origin,
    WHEELHOUSE_ORIGIN: origin,
  });
  return end;
}
