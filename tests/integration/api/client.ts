import { systemContext } from "@/lib/auth/context";
import type { Role } from "@/lib/auth/roles";
import type { Context } from "@/lib/context";
import { database, inWorkspace } from "@/lib/db";
import { newId } from "@/lib/identifiers";
import { createKey } from "@/lib/keys/commands";
import { serve } from "@/lib/server/api";
import type { Endpoint } from "@/lib/server/api-endpoint";
import { createWorkspace } from "@/lib/workspaces/setup";

export type Sent = { body?: unknown; headers?: Record<string, string>; raw?: BodyInit };

export type Client = {
  ctx: Context;
  /** Sends a request with the key of a role; null sends none. */
  send(method: string, path: string, sent?: Sent): Promise<Response>;
  /** The same, of another role. */
  as(role: Role): Promise<Client>;
  key: string;
};

/** The key itself of a role, as its owner would hand it out. */
export async function makeKeyOf(ctx: Context, role: Role): Promise<{ id: string; secret: string }> {
  return inWorkspace(ctx.workspaceId, () => createKey({ ...ctx, roles: ["owner"] }, { name: `${role} key`, role }));
}

/** A workspace of its own and a client whose key has the role. */
export async function makeClient(endpoints: readonly Endpoint[], role: Role = "osc"): Promise<Client> {
  const { workspaceId, ownerMemberId } = await createWorkspace({
    slug: `api-${newId().slice(-12)}`,
    name: "Api",
    owner: { email: "owner@example.com", name: "Ona Owner" },
  });
  await inWorkspace(workspaceId, () =>
    database().member.update({
      where: { workspaceId_id: { workspaceId, id: ownerMemberId } },
      data: { status: "active" },
    }),
  );
  return clientOf(endpoints, await systemContext(workspaceId), role);
}

async function clientOf(endpoints: readonly Endpoint[], ctx: Context, role: Role): Promise<Client> {
  const handle = serve(endpoints);
  const { secret } = await makeKeyOf(ctx, role);
  return {
    ctx,
    key: secret,
    as: (other) => clientOf(endpoints, ctx, other),
    send(method, path, { body, headers = {}, raw } = {}) {
      const json: Record<string, string> = body === undefined ? {} : { "content-type": "application/json" };
      return handle(
        new Request(`http://localhost/api/v1${path}`, {
          method,
          body: raw ?? (body === undefined ? null : JSON.stringify(body)),
          headers: { authorization: `Bearer ${secret}`, ...json, ...headers },
        }),
      );
    },
  };
}

/** A customer to write on. */
export async function makeCustomer(client: Client, name = "Cora Customer"): Promise<string> {
  const response = await client.send("POST", "/customers", {
    body: { persons: [{ name, emails: [`${newId()}@example.com`] }], duplicates: "create" },
  });
  const body: unknown = await response.json();
  if (response.status !== 201) throw new Error(JSON.stringify(body));
  return (body as { id: string }).id;
}
