import type { Page } from "@playwright/test";
import { providerKey } from "@/lib/auth/oidc";
import { addConnection } from "@/lib/connections/commands";
import { inWorkspace } from "@/lib/db";
import { inviteMember } from "@/lib/members/commands";
import { makeMember, makeSession, makeWorkspace, type TestWorkspace } from "../support/factories";
import { type OpenId, startOpenId } from "../support/openid";
import { expect, test } from "../support/page";
import { contextOf } from "../support/people";

async function connect(workspace: TestWorkspace, openId: OpenId, name: string, origin: string): Promise<string> {
  const ctx = await contextOf(workspace, workspace.owner, ["owner"]);
  const { issuer, clientId, clientSecret } = openId;
  const { id } = await inWorkspace(workspace.id, () => addConnection(ctx, { name, issuer, clientId, clientSecret }));
  const key = providerKey(workspace.slug, id);
  openId.serve(`${origin}/api/auth/callback/${key}`);
  return key;
}

async function continueWith(page: Page, slug: string, name: string) {
  await page.context().clearCookies();
  await page.goto(`/sign-in?workspace=${slug}&back=/w/${slug}/settings`);
  await page.getByRole("button", { name: `Continue with ${name}` }).click();
}

// Who is signed out in the middle of a page, or asks for another's, is told so.
test.use({ expectedErrors: ["401", "404"] });

test.describe("a workspace with two providers", () => {
  test("A11: a member signs in at her issuer; the same e-mail at the other one is refused", async ({
    page,
    workspace,
    otherWorkspace,
    baseURL,
  }) => {
    const [one, two] = [await startOpenId(), await startOpenId()];
    try {
      const key = await connect(workspace, one, "Harbour ID", baseURL ?? "");
      await connect(workspace, two, "Rogue ID", baseURL ?? "");
      const member = await makeMember(workspace, { name: "Maya Member" });
      one.person = { sub: "maya-1", email: member.email };
      two.person = { sub: "maya-1", email: member.email };

      await continueWith(page, workspace.slug, "Harbour ID");
      await expect(page).toHaveURL(`/w/${workspace.slug}/settings`);
      await expect(page.getByRole("heading", { name: "Settings" })).toBeVisible();

      await continueWith(page, workspace.slug, "Rogue ID");
      await expect(page.getByRole("alert").filter({ hasText: "did not let you in" })).toBeVisible();
      expect((await page.goto(`/w/${workspace.slug}/home`))?.url()).toContain("/sign-in");

      one.person = { sub: "maya-2", email: member.email, verified: false };
      await page.context().clearCookies();
      await continueWith(page, workspace.slug, "Harbour ID");
      await expect(page.getByRole("alert").filter({ hasText: "did not let you in" })).toBeVisible();

      await page.goto(`/api/auth/callback/${key}?code=stolen&state=guessed`);
      await expect(page).toHaveURL(/\/sign-in\?.*error=/);
      await expect(page.getByRole("button", { name: "Continue with Harbour ID" })).toBeVisible();
      await page.goto(`/sign-in?workspace=${otherWorkspace.slug}`);
      await expect(page.getByRole("button", { name: "Continue with" })).toHaveCount(0);
    } finally {
      await Promise.all([one.end(), two.end()]);
    }
  });

  test("a session that a workspace's own provider opened enters no other workspace of the same person", async ({
    page,
    workspace,
    baseURL,
  }) => {
    const rogue = await startOpenId();
    try {
      const home = await makeWorkspace({ name: "Her other firm" });
      const victim = await makeMember(home, { name: "Vera Victim" });
      await connect(workspace, rogue, "Rogue ID", baseURL ?? "");
      const ctx = await contextOf(workspace, workspace.owner, ["owner"]);
      await inWorkspace(workspace.id, () => inviteMember(ctx, { email: victim.email, name: "Vera", roles: ["osc"] }));
      rogue.person = { sub: "anything", email: victim.email };
      await continueWith(page, workspace.slug, "Rogue ID");
      await expect(page).toHaveURL(`/w/${workspace.slug}/settings`);
      expect((await page.request.get(`/w/${home.slug}/home`)).status()).toBe(404);
      expect((await page.request.get(`/api/w/${home.slug}/queue`)).status()).toBe(404);
      await page.goto("/workspaces");
      await expect(page.getByText("Her other firm")).toHaveCount(0);
      const own = await makeSession(victim.userId);
      await page.goto("/sessions");
      await expect(page.getByRole("button", { name: "Sign out there" })).toHaveCount(0);
      expect(own.sessionId).toBeTruthy();
    } finally {
      await rogue.end();
    }
  });
});
