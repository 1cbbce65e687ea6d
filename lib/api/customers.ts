import { z } from "zod";
import { updateCustomer, updatePerson } from "../customers/commands";
import { addContactPoint, removeContactPoint, verifyContactPoint } from "../customers/contact-commands";
import { estimateCustomers } from "../customers/count";
import { createCustomer } from "../customers/create";
import { filterOfQuery, listStatuses, queryOf } from "../customers/filter";
import { parseTree } from "../customers/filter-tree";
import { listCustomers } from "../customers/list";
import { getCustomer } from "../customers/queries";
import { AddContactPoint, CreateCustomer, UpdateCustomer, UpdatePerson } from "../customers/schema";
import { currentTouchpointsOf, oscsOf } from "../journeys/expansions";
import { ById, endpoint, Paging, pageOf } from "../server/api-endpoint";
import { CreatedCustomer } from "./created-customer";
import { Touchpoint } from "./journeys";
import { MemberName } from "./members";

const ContactPoint = z
  .object({
    id: z.uuid(),
    kind: z.enum(["email", "phone", "social"]),
    value: z.string().meta({ description: "E-mail in lower case, phone in E.164, network:handle" }),
    raw: z.string(),
    label: z.string().nullable(),
    provenance: z.string(),
    isVerified: z.boolean(),
  })
  .meta({ id: "ContactPoint" });

const Person = z
  .object({
    id: z.uuid(),
    name: z.string(),
    givenName: z.string().nullable(),
    familyName: z.string().nullable(),
    role: z.string().nullable(),
    locale: z.string().nullable(),
    identityLevel: z.enum(["anonymous", "partial", "contactable", "verified"]),
    isPrimary: z.boolean(),
    version: z.number(),
    contactPoints: z.array(ContactPoint),
  })
  .meta({ id: "Person" });

const Customer = z
  .object({
    id: z.uuid(),
    name: z.string(),
    kind: z.string(),
    place: z.string().nullable(),
    segment: z.string().nullable(),
    origin: z.string().nullable(),
    locale: z.string(),
    timeZone: z.string().nullable(),
    flag: z.string().nullable(),
    notes: z.string(),
    createdAt: z.string(),
    updatedAt: z.string(),
    sourceSystem: z.string().nullable(),
    externalId: z.string().nullable(),
    version: z.number(),
    persons: z.array(Person),
  })
  .meta({ id: "Customer" });

const CustomerRow = z
  .object({
    id: z.uuid(),
    journeyId: z.uuid(),
    name: z.string(),
    place: z.string().nullable(),
    origin: z.string().nullable(),
    segment: z.string().nullable(),
    version: z.number(),
    flag: z.string().nullable(),
    stageName: z.string(),
    status: z.string(),
    oscId: z.uuid(),
    oscName: z.string(),
    spokeKey: z.string().meta({ description: "The accountable department" }),
    accountableName: z.string().nullable(),
    nextName: z.string().nullable(),
    nextStartedAt: z.string().nullable(),
    nextDueAt: z.string().nullable(),
    unansweredSince: z.string().nullable(),
    unansweredDueAt: z.string().nullable(),
    offTrackSince: z.string().nullable(),
    lastActivityAt: z.string(),
  })
  .meta({ id: "CustomerRow" });

const ListQuery = z.strictObject({
  ...Paging.shape,
  q: z.string().max(200).optional(),
  stage: z.uuid().optional(),
  spoke: z
    .string()
    .regex(/^[a-z0-9_]{1,60}$/)
    .optional(),
  osc: z.union([z.literal("me"), z.uuid()]).optional(),
  status: z.enum(listStatuses).optional(),
  origin: z.string().min(1).max(100).optional().meta({ description: "As written; - is the unknown one" }),
  offTrack: z.literal("1").optional(),
  unanswered: z.literal("1").optional(),
  filter: z
    .string()
    .max(3000)
    .refine((text) => parseTree(text) !== null, "no_filter")
    .optional()
    .meta({
      description: "A tree of conditions as JSON in base64url, as the address of the customers list carries it",
    }),
  count: z.literal("estimate").optional().meta({ description: "Also answers about how many there are" }),
});

/** What comes along with a customer by `expand`. */
const expansions = {
  osc: { schema: MemberName, load: oscsOf },
  currentTouchpoint: { schema: Touchpoint, load: currentTouchpointsOf },
};

const CustomerPage = pageOf(CustomerRow).extend({
  count: z.object({ value: z.number(), relation: z.enum(["eq", "gte"]) }).optional(),
});

/** The filter as the list itself keeps it in its address. */
function listQueryOf(filter: Omit<z.output<typeof ListQuery>, "limit" | "cursor" | "count">): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) if (value !== undefined) params.append(name, value);
  return queryOf(filterOfQuery(params.toString()));
}

const tag = "Customers";
const permission = "Everybody who may edit contacts and sees the customer.";
const OfPerson = z.object({ id: z.uuid(), personId: z.uuid() });
const OfPoint = z.object({ id: z.uuid(), contactPointId: z.uuid() });

export const customerEndpoints = [
  endpoint({
    method: "GET",
    path: "/customers",
    tag,
    summary: "The customers one may see, most recently active first.",
    permission: "Everybody; customers one may see.",
    query: ListQuery,
    response: CustomerPage,
    expansions,
    handle: async (ctx, { limit, cursor, count, ...filter }) => {
      const query = listQueryOf(filter);
      const { rows, nextCursor } = await listCustomers(ctx, { limit, cursor, query });
      return { data: rows, nextCursor, ...(count ? { count: await estimateCustomers(ctx, { query }) } : {}) };
    },
  }),
  endpoint({
    method: "POST",
    path: "/customers",
    tag,
    summary: "Create a customer with her people, or attach to the one we know; she gets her OSC at once.",
    permission: "Everybody who may edit contacts.",
    body: CreateCustomer,
    response: CreatedCustomer,
    status: 201,
    handle: createCustomer,
  }),
  endpoint({
    method: "GET",
    path: "/customers/{id}",
    tag,
    summary: "One customer with her people; a merged one answers as the record she became.",
    permission: "Everybody who may see the customer.",
    params: ById,
    response: Customer,
    isVersioned: true,
    expansions,
    handle: getCustomer,
  }),
  endpoint({
    method: "PATCH",
    path: "/customers/{id}",
    tag,
    summary: "Change plain fields: null clears, what is left out stays.",
    permission,
    params: ById,
    body: UpdateCustomer.omit({ id: true, version: true }),
    response: Customer,
    isVersioned: true,
    handle: (ctx, input, { version }) => updateCustomer(ctx, { ...input, version }),
  }),
  endpoint({
    method: "PATCH",
    path: "/customers/{id}/persons/{personId}",
    tag,
    summary: "Change plain fields of a person; If-Match names the person's version.",
    permission,
    params: OfPerson,
    body: UpdatePerson.omit({ customerId: true, personId: true, version: true }),
    response: Customer,
    isVersioned: true,
    handle: (ctx, { id, ...input }, { version }) => updatePerson(ctx, { ...input, customerId: id, version }),
  }),
  endpoint({
    method: "POST",
    path: "/customers/{id}/persons/{personId}/contact-points",
    tag,
    summary: "Add an e-mail, a phone or a social handle.",
    permission,
    params: OfPerson,
    body: AddContactPoint.omit({ customerId: true, personId: true }),
    response: Customer,
    status: 201,
    handle: (ctx, { id, ...input }) => addContactPoint(ctx, { ...input, customerId: id }),
  }),
  endpoint({
    method: "DELETE",
    path: "/customers/{id}/contact-points/{contactPointId}",
    tag,
    summary: "Remove a contact point.",
    permission,
    params: OfPoint,
    response: Customer,
    handle: (ctx, { id, contactPointId }) => removeContactPoint(ctx, { customerId: id, contactPointId }),
  }),
  endpoint({
    method: "POST",
    path: "/customers/{id}/contact-points/{contactPointId}/verify",
    tag,
    summary: "Note that a contact point proved to be hers.",
    permission,
    params: OfPoint,
    response: Customer,
    handle: (ctx, { id, contactPointId }) => verifyContactPoint(ctx, { customerId: id, contactPointId }),
  }),
];
