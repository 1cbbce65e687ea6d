import { systemContext } from "@/lib/auth/context";
import type { Role } from "@/lib/auth/roles";
import type { Context } from "@/lib/context";
import { createCustomer } from "@/lib/customers/create";
import { CreateCustomer, type CreateCustomerInput, type CreatedCustomer } from "@/lib/customers/schema";
import { inWorkspace } from "@/lib/db";
import { makeMember, makeWorkspace, type TestMember, type TestWorkspace } from "./factories";

/** A workspace with an OSC, a second OSC, a manager and a designer, each with a context to act in. */
export type Crew = {
  workspace: TestWorkspace;
  osc: TestMember;
  otherOsc: TestMember;
  manager: TestMember;
  as(member: TestMember, roles: Role[], now?: Date): Promise<Context>;
  oscContext(now?: Date): Promise<Context>;
  managerContext(now?: Date): Promise<Context>;
};

/** Makes the crew of one test. */
export async function makeCrew(): Promise<Crew> {
  const workspace = await makeWorkspace();
  const osc = await makeMember(workspace, { name: "Olga Osc" });
  const otherOsc = await makeMember(workspace, { name: "Otto Osc" });
  const manager = await makeMember(workspace, { name: "Max Manager", roles: ["manager"] });
  const as = async (member: TestMember, roles: Role[], now?: Date): Promise<Context> => {
    const ctx = await systemContext(workspace.id, { memberId: member.memberId, roles, ...(now ? { now } : {}) });
    return { ...ctx, userId: member.userId };
  };
  return {
    workspace,
    osc,
    otherOsc,
    manager,
    as,
    oscContext: (now) => as(osc, ["osc"], now),
    managerContext: (now) => as(manager, ["manager"], now),
  };
}

/** Takes a customer in through the command; a name alone is enough. */
export function takeIn(
  ctx: Context,
  input: Partial<CreateCustomerInput> & { person?: string } = {},
): Promise<CreatedCustomer> {
  const { person, ...rest } = input;
  const parsed = CreateCustomer.parse({ persons: [{ name: person ?? "Maya Halloran" }], ...rest });
  return inWorkspace(ctx.workspaceId, () => createCustomer(ctx, parsed));
}
