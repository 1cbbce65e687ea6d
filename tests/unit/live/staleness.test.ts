import { describe, expect, test } from "vitest";
import { staleAfter } from "@/lib/live/staleness";

const event = { seq: 1, journeyId: null, customerId: null };

describe("staleAfter", () => {
  test("what happened to one customer makes her own reads stale and every list, nobody else's", () => {
    const stale = staleAfter({ ...event, type: "interaction.logged", customerId: "cora" });
    expect(stale).toContainEqual(["wheel", "cora"]);
    expect(stale).toContainEqual(["timeline", "cora"]);
    expect(stale).toContainEqual(["home"]);
    expect(stale).not.toContainEqual(["wheel"]);
  });

  test("an import's progress touches the imports, an unknown event without a customer nothing", () => {
    expect(staleAfter({ ...event, type: "import.progressed" })).toContainEqual(["imports"]);
    expect(staleAfter({ ...event, type: "write.refused" })).toEqual([]);
  });
});
