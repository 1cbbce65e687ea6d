import { beforeAll, describe, expect, test } from "vitest";
import { getHub } from "@/lib/hub/queries";
import { findOscPhoto } from "@/lib/links/queries";
import { getPhoto, getProfile, removePhoto, setPhoto } from "@/lib/members/photo";
import { maxPhotoBytes } from "@/lib/members/picture";
import { Team } from "../../support/owed";

const png = (last: number) =>
  new Uint8Array([...Buffer.from("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "latin1"), 0, 0, 0, last]);
const file = (content: Uint8Array) => ({ name: "me.png", content });

let team: Team;
let other: Team;

beforeAll(async () => {
  team = await Team.make();
  other = await Team.make();
});

describe("one's own photo", () => {
  test("is kept, shown to colleagues and customers, replaced and removed", async () => {
    const ctx = await team.as(team.osc);
    const { customerId } = await team.customer();
    const first = await team.run(() => setPhoto(ctx, file(png(1))));
    const { photoId } = await team.run(() => setPhoto(ctx, file(png(2))));
    expect(photoId).not.toBe(first.photoId);
    expect(await team.run(() => getProfile(ctx))).toMatchObject({ name: "Dana Whitlock", photoId });
    const colleague = await team.as(team.designer);
    const shown = await team.run(() => getPhoto(colleague, team.osc.memberId));
    expect([shown.mediaType, [...shown.content]]).toEqual(["image/png", [...png(2)]]);
    expect((await team.run(() => getHub(ctx, customerId))).journey.oscPhotoId).toBe(photoId);
    expect((await team.run(() => findOscPhoto(ctx, customerId)))?.mediaType).toBe("image/png");
    const where = { workspaceId: team.workspace.id };
    expect(await team.run(() => ctx.db.file.count({ where }))).toBe(1);
    await team.run(() => removePhoto(ctx));
    expect(await team.run(() => ctx.db.file.count({ where }))).toBe(0);
    await expect(team.run(() => getPhoto(colleague, team.osc.memberId))).rejects.toMatchObject({ code: "not_found" });
    const actions = await team.run(() =>
      ctx.db.auditEntry.findMany({
        where: { ...where, subject: `member:${team.osc.memberId}` },
        orderBy: { seq: "asc" },
      }),
    );
    expect(actions.map(({ action }) => action)).toEqual([
      "member.photo_set",
      "member.photo_set",
      "member.photo_removed",
    ]);
  });

  test("of the wrong kind, empty or too large is refused by its field, and nothing is kept", async () => {
    const ctx = await team.as(team.seller);
    const field = (photo: string) => ({ code: "invalid", details: { fields: { photo } } });
    const large = new Uint8Array(maxPhotoBytes + 1);
    large.set(png(1));
    const svg = new TextEncoder().encode("<svg onload=alert(1)>");
    await expect(team.run(() => setPhoto(ctx, file(svg)))).rejects.toMatchObject(field("no_picture"));
    await expect(team.run(() => setPhoto(ctx, file(large)))).rejects.toMatchObject(field("photo_too_large"));
    await expect(team.run(() => setPhoto(ctx, file(new Uint8Array())))).rejects.toMatchObject(field("empty"));
    expect((await team.run(() => getProfile(ctx))).photoId).toBeNull();
  });

  test("is not found from another workspace", async () => {
    await team.run(async () => setPhoto(await team.as(team.designer), file(png(3))));
    const stranger = await other.as(other.osc);
    await expect(other.run(() => getPhoto(stranger, team.designer.memberId))).rejects.toMatchObject({
      code: "not_found",
    });
  });

  test("is set by members alone", async () => {
    const worker = await team.worker(new Date());
    await expect(team.run(() => setPhoto(worker, file(png(1))))).rejects.toMatchObject({ code: "forbidden" });
  });
});
