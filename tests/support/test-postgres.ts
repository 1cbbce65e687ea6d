import type { DatabaseAddresses } from "../../scripts/platform/addresses";
import { appRole, ownerRole, queueRole, urlOf } from "../../scripts/platform/roles";

/** Where the tests find their PostgreSQL. */
export type TestPostgres = { port: number; owner: string; app: string; queue: string };

export const template = "template_wheelhouse";

/** How each role reaches one database of the test server. */
export function addressesOf({ port, owner, app, queue }: TestPostgres, database: string): DatabaseAddresses {
  return {
    owner: urlOf(port, ownerRole, owner, database),
    app: { url: urlOf(port, appRole, app, database), isOurs: true },
    queue: { url: urlOf(port, queueRole, queue, database), isOurs: true },
  };
}
