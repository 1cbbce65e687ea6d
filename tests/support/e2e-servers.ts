import { owningEnvironment } from "../../scripts/platform/addresses";
import { startSystem } from "./system";

/** Serves the built application on a database of its own for the whole run; tests find both in the environment. */
export default async function serveForTests(): Promise<() => Promise<void>> {
  const { origin, secret, database, end } = await startSystem({ env: { WHEELHOUSE_GALLERY: "1" } });
  Object.assign(process.env, owningEnvironment(database), {
    NEXTAUTH_SECRET: secret,
    NEXTAUTH_URL: origin,
    WHEELHOUSE_ORIGIN: origin,
  });
  return end;
}
