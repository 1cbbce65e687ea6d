import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { offerPaper } from "@/components/offers/offer-paper";
import { offerWords } from "@/components/offers/offer-words";
import type { OfferPage } from "@/lib/offers/schema";

const offer: OfferPage = {
  ...{ company: "Northwind Homes", language: "en", timeZone: "UTC", customerName: "Greta Winter", need: "Lot 42" },
  ...{
    state: "open",
    isTaxIncluded: true,
    taxBp: 1_800,
    currency: "ILS",
    listMinor: 269_700,
    netMinor: 214_987,
    monthlyMinor: 8_958,
  },
  ...{
    termMonths: 24,
    freeMonths: 2,
    validTo: "2026-03-31",
    presentedAt: "2026-03-02T10:00:00.000Z",
    answer: null,
    message: null,
  },
  lines: [
    {
      productName: "Alder",
      quantity: 3,
      recurrence: "once",
      unitMinor: 49_900,
      discountBp: 1_250,
      netMinor: 130_987,
      position: 0,
      isOptional: false,
    },
    {
      productName: "מרפסת",
      quantity: 1,
      recurrence: "monthly",
      unitMinor: 120_000,
      discountBp: 3_000,
      netMinor: 84_000,
      position: 1,
      isOptional: false,
    },
  ],
  fullNetMinor: null,
  chosenOptions: null,
  contact: { name: "Dana Whitlock", phone: "+972-50-1234567", email: "dana@example.test" },
};

let hasReader = true;
try {
  execFileSync("pdftotext", ["-v"], { stdio: "ignore" });
} catch {
  hasReader = false;
}

/** What a reader of the sheet reads, in reading order and without the marks that order it. */
function read(pdf: Buffer, name: string): string {
  const path = join(tmpdir(), `${name}.${process.pid}.pdf`);
  writeFileSync(path, pdf);
  const text = execFileSync("pdftotext", [path, "-"], { encoding: "utf8" });
  return text.replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "").replace(/\s+/g, " ");
}

describe("an offer as a PDF", () => {
  test.each(["en", "he"] as const)("is one whole sheet in %s", async (locale) => {
    const pdf = await offerPaper(offer, locale);
    expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
    expect(pdf.toString("latin1")).toContain("/Count 1");
    expect(pdf.length).toBeLessThan(120_000);
  });

  test.runIf(hasReader).each(["en", "he"] as const)("reads in %s with the figures of the page", async (locale) => {
    const text = read(await offerPaper(offer, locale), `offer-${locale}`);
    const { t, money, share } = offerWords(locale, offer);
    const digits = (amount: string) => /[\d.,]+/.exec(amount)?.[0] ?? "none";
    for (const minor of [49_900, 130_987, 120_000, 84_000, 269_700, 54_713, 214_987, 8_958])
      expect(text).toContain(digits(money(minor)));
    for (const basisPoints of [1_250, 3_000]) expect(text).toContain(digits(share(basisPoints)));
    for (const words of [t("title"), t("lines"), t("total"), t("product"), "Greta Winter", "Lot 42", "מרפסת"])
      expect(text).toContain(words);
    expect(text).toContain("+972-50-1234567");
  });
});
