import { beforeAll, describe, expect, test } from "vitest";
import { newId } from "@/lib/identifiers";
import { calendarFile } from "@/lib/links/calendar-file";
import { stationsOf } from "@/lib/links/stations";
import { openCustomerToken, sealCustomerToken } from "@/lib/links/token";

beforeAll(() => {
  process.env.NEXTAUTH_SECRET ??= "a secret that only the tests know, 32 bytes or more";
  process.env.DATABASE_URL ??= "postgresql://nobody@localhost/nothing";
});

describe("the token of a customer's page", () => {
  const named = { workspaceId: newId(), linkId: newId() };

  test("names the link it was made for", () => {
    expect(openCustomerToken(sealCustomerToken(named))).toEqual(named);
  });

  test("does not open with any bit of it changed", () => {
    const [body = "", signature = ""] = sealCustomerToken(named).split(".");
    for (const part of [0, 1]) {
      const bytes = Buffer.from(part === 0 ? body : signature, "base64url");
      for (let bit = 0; bit < bytes.length * 8; bit += 7) {
        const forged = Buffer.from(bytes);
        forged[bit >> 3] = (forged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        const text = forged.toString("base64url");
        expect(openCustomerToken(part === 0 ? `${text}.${signature}` : `${body}.${text}`)).toBeNull();
      }
    }
  });

  test("has one spelling", () => {
    const token = sealCustomerToken(named);
    for (const other of [
      `${token}=`,
      `${token}.`,
      ` ${token}`,
      token.replace(".", ".."),
      `${token}A`,
      "",
      ".",
      "a.b",
    ]) {
      expect(openCustomerToken(other)).toBeNull();
    }
  });

  test("of another link does not fit this one", () => {
    const other = sealCustomerToken({ ...named, linkId: newId() });
    const [body] = sealCustomerToken(named).split(".");
    expect(openCustomerToken(`${body}.${other.split(".")[1]}`)).toBeNull();
  });
});

describe("stationsOf", () => {
  const stages = ["new_lead", "qualified", "appointment", "contract", "design", "build", "our_own"].map(
    (key, position) => ({ id: `s${position}`, key, name: key, position, entryStatus: "active" }),
  );

  test("several of our stages are one station to the customer", () => {
    expect(stationsOf(stages, "s2").map(({ key }) => key)).toEqual([
      "hello",
      "choose",
      "contract",
      "selections",
      "build",
      "our_own",
    ]);
  });

  test("what lies behind is done, one station is where she stands", () => {
    const stations = stationsOf(stages, "s4");
    expect(stations.filter(({ isDone }) => isDone).map(({ key }) => key)).toEqual(["hello", "choose", "contract"]);
    expect(stations.filter(({ isCurrent }) => isCurrent).map(({ key }) => key)).toEqual(["selections"]);
  });
});

describe("calendarFile", () => {
  test("gives every calendar her own time, in lines that mail programs take", () => {
    const appointment = {
      id: "a1",
      name: null,
      startAt: "2026-11-24T15:00:00.000Z",
      endAt: "2026-11-24T16:00:00.000Z",
      timeZone: "America/New_York",
      place: "Cedar Ridge studio; door 2, upstairs",
      host: "Noa",
    };
    const file = calendarFile(appointment, "פגישת בחירות עם נועה במרכז העיצוב של סידר רידג׳ בקומה השנייה", new Date(0));
    expect(file).toContain("DTSTART:20261124T150000Z\r\n");
    expect(file).toContain("LOCATION:Cedar Ridge studio\\; door 2\\, upstairs\r\n");
    for (const line of file.split("\r\n")) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
  });
});
