import type { Role } from "@/lib/auth/roles";
import type { Context } from "@/lib/context";
import { inWorkspace } from "@/lib/db";
import type { SpokeKey } from "@/lib/workspaces/defaults";
import { makeMember, makeWorkspace, type TestMember, type TestWorkspace } from "./factories";
import { contextOf, makeCustomer, workerContext } from "./story";

/** A Monday morning at which everybody works. */
export const monday = new Date("2026-03-02T10:00:00Z");

/** That many minutes after it. */
export const later = (minutes: number) => new Date(monday.getTime() + minutes * 60_000);

/** A workspace with its OSC and whoever a test of departments needs. */
export class Team {
  private constructor(
    readonly workspace: TestWorkspace,
    readonly osc: TestMember,
    readonly designer: TestMember,
    readonly seller: TestMember,
    readonly manager: TestMember,
  ) {}

  static async make(): Promise<Team> {
    const workspace = await makeWorkspace();
    return new Team(
      workspace,
      await makeMember(workspace, { name: "Dana Whitlock" }),
      await makeMember(workspace, { name: "Noa Feldman", roles: ["design"], spoke: "design" }),
      await makeMember(workspace, { name: "Marcus Bell", roles: ["sales"], spoke: "sales" }),
      await makeMember(workspace, { name: "Max Manager", roles: ["manager"] }),
    );
  }

  as(member: TestMember, now: Date = monday, roles?: Role[]): Promise<Context> {
    return contextOf(this.workspace, member, now, roles);
  }

  worker(now: Date): Promise<Context> {
    return workerContext(this.workspace, now);
  }

  run<T>(work: () => Promise<T>): Promise<T> {
    return inWorkspace(this.workspace.id, work);
  }

  async customer(name?: string) {
    return makeCustomer(await this.as(this.osc), this.osc, name ? { name } : {});
  }

  async spokeId(key: SpokeKey): Promise<string> {
    const ctx = await this.worker(monday);
    const where = { workspaceId: this.workspace.id, key };
    return (await this.run(() => ctx.db.spoke.findFirstOrThrow({ where }))).id;
  }

  /** Types of what happened to a customer, in order. */
  async happened(customerId: string): Promise<string[]> {
    const ctx = await this.worker(monday);
    const where = { workspaceId: this.workspace.id, customerId };
    const events = await this.run(() => ctx.db.event.findMany({ where, orderBy: { seq: "asc" } }));
    return events.map(({ type }) => type);
  }

  /** Kinds of what a member was told, in order. */
  async told(member: TestMember): Promise<string[]> {
    const ctx = await this.worker(monday);
    const where = { workspaceId: this.workspace.id, memberId: member.memberId };
    const rows = await this.run(() => ctx.db.notification.findMany({ where, orderBy: { createdAt: "asc" } }));
    return rows.map(({ kind }) => kind);
  }

  /** Triggers that are open on a customer. */
  async offTrack(customerId: string): Promise<string[]> {
    const ctx = await this.worker(monday);
    const where = { workspaceId: this.workspace.id, customerId, state: { in: ["open", "playing"] } };
    const events = await this.run(() => ctx.db.offTrackEvent.findMany({ where, orderBy: { trigger: "asc" } }));
    return events.map(({ trigger }) => trigger);
  }
}
