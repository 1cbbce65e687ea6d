import { z } from "zod";
import { media } from "../journeys/vocabulary";

const text = (most: number) => z.string().trim().min(1).max(most);
const locale = z.enum(["en", "he"]);

export const customerKinds = ["household", "account"] as const;
export const contactKinds = ["email", "phone", "social"] as const;
export type ContactKind = (typeof contactKinds)[number];

/** How much we know of somebody: a handle, a name, a way to reach her, a way that she proved to be hers. */
export const identityLevels = ["anonymous", "partial", "contactable", "verified"] as const;
export type IdentityLevel = (typeof identityLevels)[number];

/** Where a contact point came from. */
export const provenances = ["typed", "message", "import", "customer", "social", "merge"] as const;

const contact = z.union([
  text(320).transform((value) => ({ value, label: undefined })),
  z.strictObject({ value: text(320), label: text(40).optional() }),
]);

export const PersonInput = z.strictObject({
  name: text(200).optional(),
  givenName: text(100).optional(),
  familyName: text(100).optional(),
  role: text(100).optional(),
  emails: z.array(contact).max(20).default([]),
  phones: z.array(contact).max(20).default([]),
  /** `network:handle`, such as instagram:greta.builds, or a profile's address. */
  socials: z.array(contact).max(20).default([]),
  locale: locale.optional(),
});
export type PersonInput = z.output<typeof PersonInput>;

export const CreateCustomer = z
  .strictObject({
    name: text(200).optional(),
    kind: z.enum(customerKinds).default("household"),
    persons: z.array(PersonInput).min(1).max(20),
    place: text(200).optional(),
    segment: text(100).optional(),
    origin: text(100).optional(),
    locale: locale.optional(),
    need: text(200).optional(),
    sourceSystem: text(100).optional(),
    externalId: text(200).optional(),
    /** What the customer wrote or said: logged as her first inbound interaction. */
    message: text(10_000).optional(),
    medium: z.enum(media).optional(),
    preLead: z.boolean().default(false),
    /** What to do when this looks like somebody we know: attach to her, or create beside her. */
    duplicates: z.enum(["attach", "create"]).default("attach"),
  })
  .refine(({ sourceSystem, externalId }) => Boolean(sourceSystem) === Boolean(externalId), {
    path: ["externalId"],
    message: "source_and_id_together",
  });
export type CreateCustomer = z.output<typeof CreateCustomer>;
export type CreateCustomerInput = z.input<typeof CreateCustomer>;

export const UpdateCustomer = z.strictObject({
  id: z.uuid(),
  version: z.number().int().min(1),
  name: text(200).optional(),
  kind: z.enum(customerKinds).optional(),
  place: text(200).nullish(),
  segment: text(100).nullish(),
  origin: text(100).nullish(),
  locale: locale.optional(),
  timeZone: text(60).nullish(),
  notes: z.string().max(10_000).optional(),
  /** Only null: somebody looked at what was odd and found it in order. */
  flag: z.null().optional(),
});
export type UpdateCustomer = z.output<typeof UpdateCustomer>;

export const UpdatePerson = z.strictObject({
  customerId: z.uuid(),
  personId: z.uuid(),
  version: z.number().int().min(1),
  name: text(200).optional(),
  givenName: text(100).nullish(),
  familyName: text(100).nullish(),
  role: text(100).nullish(),
  locale: locale.nullish(),
});
export type UpdatePerson = z.output<typeof UpdatePerson>;

export const AddPerson = z.strictObject({ customerId: z.uuid(), person: PersonInput });
export type AddPerson = z.output<typeof AddPerson>;

export const MakePrimaryPerson = z.strictObject({ customerId: z.uuid(), personId: z.uuid() });
export type MakePrimaryPerson = z.output<typeof MakePrimaryPerson>;

export const AddContactPoint = z.strictObject({
  customerId: z.uuid(),
  personId: z.uuid(),
  kind: z.enum(contactKinds),
  value: text(320),
  label: text(40).optional(),
});
export type AddContactPoint = z.output<typeof AddContactPoint>;

export const ContactPointKey = z.strictObject({ customerId: z.uuid(), contactPointId: z.uuid() });
export type ContactPointKey = z.output<typeof ContactPointKey>;

/** Fields of the household where the two may differ; each says whose value stays. */
export const mergeFields = ["name", "kind", "segment", "place", "origin", "locale", "timeZone"] as const;
export type MergeField = (typeof mergeFields)[number];

export const MergeCustomers = z
  .strictObject({
    survivorId: z.uuid(),
    loserId: z.uuid(),
    /** Versions that the person who decided had on screen. */
    survivorVersion: z.number().int().optional(),
    loserVersion: z.number().int().optional(),
    fields: z.partialRecord(z.enum(mergeFields), z.enum(["survivor", "loser"])).default({}),
    /** Required when the open journeys of the two have different ones. */
    oscId: z.uuid().optional(),
    /** Which persons of the loser are the same human as one of the survivor; by default found by name and contact. */
    persons: z
      .array(z.strictObject({ loserPersonId: z.uuid(), into: z.uuid().nullable() }))
      .max(100)
      .optional(),
  })
  .refine(({ survivorId, loserId }) => survivorId !== loserId, { path: ["loserId"], message: "same_customer" });
export type MergeCustomers = z.output<typeof MergeCustomers>;

export const UnmergeCustomers = z.strictObject({ mergeId: z.uuid() });
export type UnmergeCustomers = z.output<typeof UnmergeCustomers>;

export const PreviewMerge = z.object({ survivorId: z.uuid(), loserId: z.uuid() });

export const KeepApart = z.strictObject({ pairId: z.uuid() });
export type KeepApart = z.output<typeof KeepApart>;

export const CustomerKey = z.strictObject({ id: z.uuid() });
export type CustomerKey = z.output<typeof CustomerKey>;

export type ContactPointView = {
  id: string;
  kind: ContactKind;
  value: string;
  raw: string;
  label: string | null;
  provenance: string;
  isVerified: boolean;
};

export type PersonView = {
  id: string;
  name: string;
  givenName: string | null;
  familyName: string | null;
  role: string | null;
  locale: string | null;
  identityLevel: IdentityLevel;
  isPrimary: boolean;
  version: number;
  contactPoints: ContactPointView[];
};

/** A customer with her people, as it leaves the server. */
export type CustomerView = {
  id: string;
  name: string;
  kind: string;
  place: string | null;
  segment: string | null;
  origin: string | null;
  locale: string;
  timeZone: string | null;
  flag: string | null;
  notes: string;
  createdAt: string;
  updatedAt: string;
  sourceSystem: string | null;
  externalId: string | null;
  version: number;
  persons: PersonView[];
};

/** Why two records look like one customer. */
export type DuplicateReason =
  | { kind: "email" | "phone" | "social"; value: string }
  | { kind: "name"; likeness: number };

export type CustomerBrief = {
  id: string;
  name: string;
  place: string | null;
  stage: string | null;
  status: string | null;
  oscId: string | null;
  oscName: string | null;
};

/** What creating found: who was attached to, and who looks alike. */
export type CreatedCustomer = {
  id: string;
  journeyId: string | null;
  attached: boolean;
  duplicates: { customerId: string; name: string; reasons: DuplicateReason[] }[];
};
