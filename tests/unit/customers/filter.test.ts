import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type CustomerFilter,
  emptyFilter,
  filterOfQuery,
  isEmptyFilter,
  listStatuses,
  queryOf,
  readFilter,
} from "@/lib/customers/filter";
import { searchPatterns } from "@/lib/search/patterns";
import { conditionsOver, treesOver } from "../../support/filter-trees";

const stageId = "018f0000-0000-7000-8000-000000000001";
const filters: fc.Arbitrary<CustomerFilter> = fc.record({
  q: fc.string({ maxLength: 40 }).map((text) => text.trim()),
  stage: fc.uniqueArray(fc.uuid(), { maxLength: 4 }),
  spoke: fc.uniqueArray(fc.stringMatching(/^[a-z0-9_]{1,10}$/), { maxLength: 4 }),
  osc: fc.uniqueArray(fc.oneof(fc.constant("me"), fc.uuid()), { maxLength: 4 }),
  status: fc.subarray([...listStatuses]),
  origin: fc.uniqueArray(fc.string({ minLength: 1, maxLength: 20 }), { maxLength: 4 }),
  offTrack: fc.boolean(),
  unanswered: fc.boolean(),
  tree: fc.option(treesOver(conditionsOver({ stage: [stageId], osc: ["me"], accountable: ["me"] }))),
});

const sorted = (filter: CustomerFilter) => ({
  ...filter,
  stage: [...filter.stage].sort(),
  spoke: [...filter.spoke].sort(),
  osc: [...filter.osc].sort(),
  status: [...filter.status].sort(),
  origin: [...filter.origin].sort(),
});

describe("the filter in the address", () => {
  test("is read back as it was written, always as the same text", () => {
    fc.assert(
      fc.property(filters, (filter) => {
        const query = queryOf(filter);
        expect(filterOfQuery(query)).toEqual(sorted(filter));
        expect(queryOf(filterOfQuery(query))).toBe(query);
      }),
    );
  });

  test("leaves out what makes no sense, so that an old link still opens", () => {
    expect(
      readFilter({
        stage: ["nonsense"],
        status: "dancing",
        osc: "everybody",
        spoke: "' or 1=1",
        offTrack: "yes",
        view: "x",
      }),
    ).toEqual(emptyFilter);
    expect(isEmptyFilter(readFilter({}))).toBe(true);
  });
});

describe("search patterns", () => {
  test("put the longest first, take wildcards for themselves and need two letters", () => {
    expect(searchPatterns("lo halloran")).toEqual({ phrase: "%lo halloran%", words: ["%halloran%", "%lo%"] });
    expect(searchPatterns("a_b")).toEqual({ phrase: "%a\\_b%", words: ["%a\\_b%"] });
    expect(searchPatterns("%")).toBeNull();
    expect(searchPatterns("a")).toBeNull();
    expect(searchPatterns("(212) 555")).toEqual({ phrase: "%212555%", words: ["%212555%"] });
  });
});
