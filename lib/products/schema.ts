import { z } from "zod";

const name = z.string().trim().min(1).max(200);
const date = z.iso.date();
const minor = z.number().int().min(0).max(1_000_000_000_000);

export const AddProduct = z.strictObject({ name, family: z.string().trim().min(1).max(100) });
export type AddProduct = z.output<typeof AddProduct>;

export const EditProduct = z.strictObject({
  id: z.uuid(),
  version: z.number().int(),
  family: z.string().trim().min(1).max(100).optional(),
  isArchived: z.boolean().optional(),
});
export type EditProduct = z.output<typeof EditProduct>;

/** Whether a code names a currency of today (ISO 4217). */
export function isCurrency(code: string): boolean {
  return Intl.supportedValuesOf("currency").includes(code);
}

export const PriceBookLine = z.strictObject({
  productId: z.uuid(),
  recurrence: z.enum(["once", "monthly"]).default("once"),
  unitMinor: minor,
  /** What one unit costs us; null while nobody knows, and then no margin is judged. */
  costMinor: minor.nullable().default(null),
});

const lines = z
  .array(PriceBookLine)
  .min(1)
  .max(200)
  .refine((all) => new Set(all.map(({ productId }) => productId)).size === all.length, "duplicate");

export const AddPriceBook = z
  .strictObject({
    name,
    currency: z
      .string()
      .regex(/^[A-Za-z]{3}$/)
      .toUpperCase(),
    /** Units of the workspace's currency for one unit of this one, in millionths; not needed for its own. */
    rateMicro: z.number().int().min(1).max(1_000_000_000_000).nullable().default(null),
    /** Whether its prices hold the tax, and how high that is in basis points; a book with tax says how much. */
    isTaxIncluded: z.boolean().default(false),
    taxBp: z.number().int().min(0).max(10_000).nullable().default(null),
    validFrom: date,
    validTo: date.nullable().default(null),
    lines,
    /** The book that it takes the place of: that one ends on the day before. */
    replaces: z.strictObject({ id: z.uuid(), version: z.number().int() }).optional(),
  })
  .refine(({ validFrom, validTo }) => validTo === null || validTo >= validFrom, {
    path: ["validTo"],
    error: "before_start",
  })
  .refine(({ isTaxIncluded, taxBp }) => !isTaxIncluded || taxBp !== null, {
    path: ["taxBp"],
    error: "tax_rate_missing",
  });
export type AddPriceBook = z.output<typeof AddPriceBook>;

export const EditPriceBook = z.strictObject({
  id: z.uuid(),
  version: z.number().int(),
  rateMicro: z.number().int().min(1).max(1_000_000_000_000).optional(),
  validTo: date.nullable().optional(),
});
export type EditPriceBook = z.output<typeof EditPriceBook>;

export type ProductRow = { id: string; name: string; family: string; isArchived: boolean; version: number };
export type PriceBookView = {
  id: string;
  name: string;
  currency: string;
  rateMicro: number | null;
  isTaxIncluded: boolean;
  taxBp: number | null;
  validFrom: string;
  validTo: string | null;
  version: number;
  lines: {
    productId: string;
    productName: string;
    family: string;
    recurrence: "once" | "monthly";
    unitMinor: number;
  }[];
};

/** A price book as its keepers see it: with costs, and those that ended. */
export type KeptPriceBook = Omit<PriceBookView, "lines"> & {
  standing: "in_force" | "announced" | "past";
  lines: (PriceBookView["lines"][number] & { costMinor: number | null; isArchived: boolean })[];
};
