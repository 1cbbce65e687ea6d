import { describe, expect, test } from "vitest";
import { readContactPoint, readContactPoints } from "@/lib/customers/contact-points";
import { householdName, identityLevelOf, isRealName } from "@/lib/customers/identity";

describe("how much we know of a person", () => {
  const email = { kind: "email", isReachable: true, isVerified: false };
  const badPhone = { kind: "phone", isReachable: false, isVerified: false };
  const handle = { kind: "social", isReachable: false, isVerified: false };

  test("is contactable exactly when a phone or e-mail of verified format is there", () => {
    expect(identityLevelOf({ hasName: false, points: [email] })).toBe("contactable");
    expect(identityLevelOf({ hasName: true, points: [badPhone, handle] })).toBe("partial");
    expect(identityLevelOf({ hasName: false, points: [handle] })).toBe("anonymous");
    expect(identityLevelOf({ hasName: true, points: [{ ...email, isVerified: true }] })).toBe("verified");
  });

  test("a handle, an address or a number is no name", () => {
    expect(isRealName("@greta.builds", ["instagram:greta.builds"])).toBe(false);
    expect(isRealName("greta.builds", ["instagram:greta.builds"])).toBe(false);
    expect(isRealName("maya@example.com", ["maya@example.com"])).toBe(false);
    expect(isRealName("", [])).toBe(false);
    expect(isRealName("Greta Builds", ["instagram:greta.builds"])).toBe(true);
  });
});

describe("the name of a household", () => {
  test.each([
    [["Maya Halloran"], "Maya Halloran"],
    [["Maya Halloran", "Tom Halloran"], "Maya & Tom Halloran"],
    [["Maya Halloran", "Tom Weber"], "Maya Halloran & Tom Weber"],
    [["A A", "B B", "C C"], "A A & B B & C C"],
    [["A A", "B B", "C C", "D D"], "A A + 3"],
    [[], ""],
  ])("of %j is %s", (names, expected) => {
    expect(householdName(names.map((name) => ({ name })))).toBe(expected);
  });
});

describe("contact points", () => {
  test("stand in one form with what they are searched by", () => {
    expect(readContactPoint("email", " Maya@Example.COM ", "US")).toMatchObject({
      value: "maya@example.com",
      isReachable: true,
    });
    expect(readContactPoint("phone", "050-123-4567", "IL")).toMatchObject({
      value: "+972501234567",
      isReachable: true,
    });
    expect(readContactPoint("social", "https://instagram.com/Greta.Builds/", "US")?.value).toBe(
      "instagram:greta.builds",
    );
    expect(readContactPoint("social", "x:@Greta", "US")?.value).toBe("x:greta");
    expect(readContactPoint("social", "@Greta", "US")?.value).toBe("social:greta");
  });

  test("that are none are named by their field, and the same one twice counts once", () => {
    const contact = (value: string) => ({ value, label: undefined });
    const { points, problems } = readContactPoints(
      { emails: [contact("a@b.com"), contact("A@B.com"), contact("nothing")], phones: [contact("12")], socials: [] },
      "US",
    );
    expect(points.map(({ value }) => value)).toEqual(["a@b.com"]);
    expect(problems).toEqual({ "emails.2": "bad_email", "phones.0": "bad_phone" });
  });
});
