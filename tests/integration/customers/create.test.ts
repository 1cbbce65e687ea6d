import { describe, expect, test } from "vitest";
import { addPerson, makePrimaryPerson, updateCustomer, updatePerson } from "@/lib/customers/commands";
import { addContactPoint, removeContactPoint, verifyContactPoint } from "@/lib/customers/contact-commands";
import { getCustomer } from "@/lib/customers/queries";
import { AddPerson } from "@/lib/customers/schema";
import { databaseTransaction, inWorkspace } from "@/lib/db";
import { makeCrew, takeIn } from "../../support/hubs";

const auditOf = (workspaceId: string, subject: string) =>
  databaseTransaction(workspaceId, (db) =>
    db.auditEntry.findMany({ where: { workspaceId, subject }, orderBy: { seq: "asc" } }),
  );

describe("taking a customer in", () => {
  test("creates household, person, contact points, journey and OSC at once, with an audit row", async () => {
    const crew = await makeCrew();
    const ctx = await crew.oscContext();
    const made = await takeIn(ctx, {
      persons: [{ name: "Maya Halloran", emails: ["Maya@Example.com"], phones: ["(212) 555-2368"] }],
      place: "Cedar Ridge",
      message: "Do you build here?",
    });

    expect(made).toMatchObject({ attached: false, duplicates: [] });
    const customer = await inWorkspace(ctx.workspaceId, () => getCustomer(ctx, made));
    expect(customer).toMatchObject({ name: "Maya Halloran", place: "Cedar Ridge", version: 1 });
    expect(customer.persons[0]).toMatchObject({ identityLevel: "contactable", isPrimary: true });
    expect(customer.persons[0]?.contactPoints.map(({ value }) => value).sort()).toEqual([
      "+12125552368",
      "maya@example.com",
    ]);
    const journeys = await databaseTransaction(ctx.workspaceId, (db) =>
      db.journey.findMany({ where: { workspaceId: ctx.workspaceId, customerId: made.id } }),
    );
    expect(journeys).toHaveLength(1);
    expect(journeys[0]).toMatchObject({ status: "active", isPrimary: true });
    expect(journeys[0]?.unansweredSince).not.toBeNull();
    expect((await auditOf(ctx.workspaceId, `customer:${made.id}`)).map(({ action }) => action)).toEqual([
      "customer.created",
    ]);
  });

  test("attaches to the one customer with the same e-mail and a like name, and adds the new phone", async () => {
    const ctx = await (await makeCrew()).oscContext();
    const first = await takeIn(ctx, { persons: [{ name: "Maya Halloran", emails: ["maya@example.com"] }] });
    const again = await takeIn(ctx, {
      persons: [{ name: "Halloran Maya", emails: ["MAYA@example.com"], phones: ["+12125552368"] }],
    });

    expect(again).toMatchObject({ id: first.id, attached: true, journeyId: first.journeyId });
    const customer = await inWorkspace(ctx.workspaceId, () => getCustomer(ctx, first));
    expect(customer.persons).toHaveLength(1);
    expect(customer.persons[0]?.contactPoints).toHaveLength(2);
  });

  test("a shared phone under another name is a new customer and an open pair with its reason", async () => {
    const ctx = await (await makeCrew()).oscContext();
    const first = await takeIn(ctx, { persons: [{ name: "Maya Halloran", phones: ["+12125552368"] }] });
    const second = await takeIn(ctx, { persons: [{ name: "Jonas Weber", phones: ["+1 212 555 2368"] }] });

    expect(second.attached).toBe(false);
    expect(second.duplicates).toMatchObject([
      { customerId: first.id, reasons: [{ kind: "phone", value: "+12125552368" }] },
    ]);
    const pairs = await databaseTransaction(ctx.workspaceId, (db) =>
      db.duplicatePair.findMany({ where: { workspaceId: ctx.workspaceId } }),
    );
    expect(pairs).toMatchObject([{ state: "open" }]);
  });

  test("a like name at the same place is noted, at another place it is not", async () => {
    const ctx = await (await makeCrew()).oscContext();
    await takeIn(ctx, { person: "Katherine Johnson", place: "Cedar Ridge" });
    const near = await takeIn(ctx, { person: "Katherine Jonson", place: "Cedar Ridge" });
    const far = await takeIn(ctx, { person: "Katherine Johnsen", place: "Puget Sound" });

    expect(near.duplicates).toHaveLength(1);
    expect(far.duplicates).toHaveLength(0);
  });

  test("the same source and id twice is one customer, also at one instant", async () => {
    const ctx = await (await makeCrew()).oscContext();
    const input = { sourceSystem: "portal", externalId: "42", person: "Bo Jensen" };
    const made = await Promise.all([takeIn(ctx, input), takeIn(ctx, input), takeIn(ctx, input)]);

    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
    expect(made.filter(({ attached }) => !attached)).toHaveLength(1);
  });

  test("two arrivals with one e-mail at one instant are one customer", async () => {
    const ctx = await (await makeCrew()).oscContext();
    const input = { persons: [{ name: "Bo Jensen", emails: ["bo@example.com"] }] };
    const made = await Promise.all([takeIn(ctx, input), takeIn(ctx, input)]);

    expect(made[0]?.id).toBe(made[1]?.id);
  });

  test("answers field by field what cannot be read, and creates nothing", async () => {
    const ctx = await (await makeCrew()).oscContext();
    await expect(
      takeIn(ctx, { persons: [{ name: "Bo", emails: ["not an address"], phones: ["12"] }] }),
    ).rejects.toMatchObject({
      code: "invalid",
      details: { fields: { "persons.0.emails.0": "bad_email", "persons.0.phones.0": "bad_phone" } },
    });
    const count = await databaseTransaction(ctx.workspaceId, (db) =>
      db.customer.count({ where: { workspaceId: ctx.workspaceId } }),
    );
    expect(count).toBe(0);
  });

  test("QA may not create", async () => {
    const crew = await makeCrew();
    await expect(takeIn(await crew.as(crew.osc, ["qa"]))).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("a social comment months before", () => {
  test("stands as anonymous before the lead, and becomes a lead when a phone arrives; consents do not attach", async () => {
    const crew = await makeCrew();
    const ctx = await crew.oscContext();
    const { workspaceId } = ctx;
    const made = await takeIn(ctx, {
      persons: [{ socials: ["instagram:greta.builds"] }],
      preLead: true,
      medium: "social",
      message: "Main-floor bedroom?",
    });
    const before = await inWorkspace(workspaceId, () => getCustomer(ctx, made));
    const [greta] = before.persons;
    expect(before.name).toBe("@greta.builds");
    expect(greta?.identityLevel).toBe("anonymous");
    const personId = greta?.id ?? "";
    await databaseTransaction(workspaceId, (db) =>
      db.consent.create({
        data: {
          workspaceId,
          id: crypto.randomUUID(),
          personId,
          medium: "email",
          purpose: "marketing",
          state: "granted",
          at: new Date(Date.now() - 1000),
        },
      }),
    );

    const after = await inWorkspace(workspaceId, () =>
      addContactPoint(ctx, { customerId: made.id, personId, kind: "phone", value: "+12125552368" }),
    );

    expect(after.persons[0]?.identityLevel).toBe("contactable");
    const journey = await databaseTransaction(workspaceId, (db) =>
      db.journey.findFirstOrThrow({ where: { workspaceId, customerId: made.id } }),
    );
    expect(journey.status).toBe("active");
    const consents = await databaseTransaction(workspaceId, (db) =>
      db.consent.findMany({ where: { workspaceId, personId }, orderBy: { at: "asc" } }),
    );
    expect(consents.map(({ state }) => state)).toEqual(["granted", "expired"]);
    const interactions = await databaseTransaction(workspaceId, (db) =>
      db.interaction.count({ where: { workspaceId, customerId: made.id } }),
    );
    expect(interactions).toBe(1);
  });
});

describe("changing a customer", () => {
  test("works on the version one saw and leaves what stood before in the audit log", async () => {
    const ctx = await (await makeCrew()).oscContext();
    const { id } = await takeIn(ctx);
    const changed = await inWorkspace(ctx.workspaceId, () => updateCustomer(ctx, { id, version: 1, place: "Lot 42" }));

    expect(changed).toMatchObject({ place: "Lot 42", version: 2 });
    const [, entry] = await auditOf(ctx.workspaceId, `customer:${id}`);
    expect(entry?.detail).toEqual({ before: { place: null }, after: { place: "Lot 42" } });
  });

  test("a second writer on the same version gets the row as it now stands", async () => {
    const ctx = await (await makeCrew()).oscContext();
    const { id } = await takeIn(ctx);
    await inWorkspace(ctx.workspaceId, () => updateCustomer(ctx, { id, version: 1, place: "Lot 42" }));

    await expect(
      inWorkspace(ctx.workspaceId, () => updateCustomer(ctx, { id, version: 1, place: "Lot 43" })),
    ).rejects.toMatchObject({
      code: "conflict",
      reason: "version",
      details: { current: { place: "Lot 42", version: 2 } },
    });
  });

  test("of 50 editors of one version exactly one succeeds", async () => {
    const ctx = await (await makeCrew()).oscContext();
    const { id } = await takeIn(ctx);
    const results = await Promise.allSettled(
      Array.from({ length: 50 }, (_, index) =>
        inWorkspace(ctx.workspaceId, () => updateCustomer(ctx, { id, version: 1, place: `Lot ${index}` })),
      ),
    );

    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const result of results)
      if (result.status === "rejected") expect(result.reason).toMatchObject({ code: "conflict", reason: "version" });
  });

  test("people join, are renamed, become primary; contact points are added, verified and removed", async () => {
    const ctx = await (await makeCrew()).oscContext();
    const { id: customerId } = await takeIn(ctx);
    await inWorkspace(ctx.workspaceId, async () => {
      const joined = await addPerson(
        ctx,
        AddPerson.parse({ customerId, person: { name: "Tom Halloran", phones: ["+12125552368"] } }),
      );
      const tom = joined.persons.find(({ name }) => name === "Tom Halloran");
      const personId = tom?.id ?? "";
      const renamed = await updatePerson(ctx, {
        customerId,
        personId,
        version: tom?.version ?? 0,
        name: "Thomas Halloran",
      });
      expect(renamed.persons.map(({ name }) => name)).toContain("Thomas Halloran");
      const primary = await makePrimaryPerson(ctx, { customerId, personId });
      expect(primary.persons.map(({ isPrimary }) => isPrimary)).toEqual([true, false]);
      expect(primary.persons[0]?.id).toBe(personId);

      const contactPointId = tom?.contactPoints[0]?.id ?? "";
      const verified = await verifyContactPoint(ctx, { customerId, contactPointId });
      expect(verified.persons[0]?.identityLevel).toBe("verified");
      const removed = await removeContactPoint(ctx, { customerId, contactPointId });
      expect(removed.persons[0]).toMatchObject({ identityLevel: "partial", contactPoints: [] });
    });
  });

  test("one phone may belong to two people of a household, but not twice to one", async () => {
    const ctx = await (await makeCrew()).oscContext();
    const { id: customerId } = await takeIn(ctx, {
      persons: [{ name: "Maya Halloran", phones: ["+12125552368"] }, { name: "Tom Halloran" }],
    });
    await inWorkspace(ctx.workspaceId, async () => {
      const { persons, name } = await getCustomer(ctx, { id: customerId });
      expect(name).toBe("Maya & Tom Halloran");
      const input = { customerId, kind: "phone", value: "212 555 2368" } as const;
      await addContactPoint(ctx, { ...input, personId: persons[1]?.id ?? "" });
      await expect(addContactPoint(ctx, { ...input, personId: persons[0]?.id ?? "" })).rejects.toMatchObject({
        code: "conflict",
        reason: "contact_point_known",
      });
    });
  });
});

describe("another workspace's customer", () => {
  test("is answered like one that never existed, by every read and every command", async () => {
    const ctx = await (await makeCrew()).oscContext();
    const theirs = await (await makeCrew()).oscContext();
    const { id } = await takeIn(theirs, { persons: [{ name: "Secret", phones: ["+12125552368"] }] });
    const foreign = await inWorkspace(theirs.workspaceId, () => getCustomer(theirs, { id }));
    const personId = foreign.persons[0]?.id ?? "";
    const contactPointId = foreign.persons[0]?.contactPoints[0]?.id ?? "";
    const attempts = [
      () => getCustomer(ctx, { id }),
      () => updateCustomer(ctx, { id, version: 1, place: "x" }),
      () => updatePerson(ctx, { customerId: id, personId, version: 1, name: "x" }),
      () => addPerson(ctx, AddPerson.parse({ customerId: id, person: { name: "x" } })),
      () => makePrimaryPerson(ctx, { customerId: id, personId }),
      () => addContactPoint(ctx, { customerId: id, personId, kind: "email", value: "x@example.com" }),
      () => removeContactPoint(ctx, { customerId: id, contactPointId }),
      () => verifyContactPoint(ctx, { customerId: id, contactPointId }),
    ];
    for (const attempt of attempts) {
      await expect(inWorkspace(ctx.workspaceId, attempt)).rejects.toMatchObject({ code: "not_found" });
    }
  });
});
