import { z } from "zod";
import type { Rate } from "../statistics/rate";
import { type Dimension, dimensions, type Measure, measures, subjects, vocabulary } from "./vocabulary";

const day = z.iso.date();
const text = z
  .string()
  .max(200)
  .refine((value) => !value.includes("\0"));

const Period = z.union([
  z.strictObject({ days: z.number().int().min(1).max(3660) }),
  z.strictObject({ from: day.optional(), to: day.optional() }),
]);

/** A report as data: closed words alone, never a piece of a statement. */
export const Definition = z
  .strictObject({
    subject: z.enum(subjects),
    /** The last so many local days, or local days from and to, both counted; no bound is every time. */
    period: Period.default({}),
    filters: z
      .array(
        z.strictObject({ dimension: z.enum(dimensions), values: z.array(text).min(1).max(50) }).meta({
          description: "Any of these values; an empty text means that nothing is known",
        }),
      )
      .max(8)
      .default([]),
    /** The customers list's search string: only what is of customers that it finds. */
    customers: z
      .string()
      .max(4000)
      .refine((value) => !value.includes("\0"))
      .default(""),
    groupBy: z.array(z.enum(dimensions)).max(2).default([]),
    measures: z.array(z.enum(measures)).max(4).default([]),
    chart: z.enum(["none", "bar", "line"]).default("bar"),
  })
  .superRefine((definition, check) => {
    const known = vocabulary[definition.subject];
    const refuse = (path: (string | number)[]) => check.addIssue({ code: "custom", path, message: "unknown" });
    definition.groupBy.forEach((each, place) => {
      if (!known.dimensions.includes(each) || definition.groupBy.indexOf(each) !== place) refuse(["groupBy", place]);
    });
    definition.measures.forEach((each, place) => {
      const isKnown = known.shares.includes(each) || known.medians.includes(each);
      if (!isKnown || definition.measures.indexOf(each) !== place) refuse(["measures", place]);
    });
    definition.filters.forEach(({ dimension }, place) => {
      if (!known.dimensions.includes(dimension)) refuse(["filters", place, "dimension"]);
    });
    const { period } = definition;
    if ("from" in period && period.from && period.to && period.from > period.to) refuse(["period", "to"]);
  });
export type Definition = z.output<typeof Definition>;

const name = z.string().trim().min(1).max(80);

export const CreateReport = z.strictObject({ name, definition: Definition, isShared: z.boolean().default(false) });
export type CreateReport = z.output<typeof CreateReport>;

export const ReportKey = z.strictObject({ id: z.uuid() });
export type ReportKey = z.output<typeof ReportKey>;

export const VersionedReport = z.strictObject({ id: z.uuid(), version: z.number().int().min(1) });
export type VersionedReport = z.output<typeof VersionedReport>;

export const UpdateReport = z.strictObject({
  ...VersionedReport.shape,
  name: name.optional(),
  definition: Definition.optional(),
  isShared: z.boolean().optional(),
});
export type UpdateReport = z.output<typeof UpdateReport>;

const minute = z.number().int().min(0).max(1439);
const Schedule = z.discriminatedUnion("every", [
  z.strictObject({ every: z.literal("daily"), minute }),
  z.strictObject({ every: z.literal("weekly"), weekday: z.number().int().min(0).max(6), minute }),
]);
export type Schedule = z.output<typeof Schedule>;

/** When a report is mailed, by the wall clock of the workspace, and to whom; null to nobody any more. */
export const ScheduleReport = z.strictObject({
  ...VersionedReport.shape,
  schedule: Schedule.nullable(),
  recipientIds: z.array(z.uuid()).max(50).default([]),
});
export type ScheduleReport = z.output<typeof ScheduleReport>;

/** Rows behind a result, newest first: of one group where `a` and `b` name one. */
export const RowsInput = z.strictObject({
  id: z.uuid(),
  a: text.optional(),
  b: text.optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type RowsInput = z.output<typeof RowsInput>;

export const fileKinds = ["csv", "xlsx"] as const;
export const ReportFile = z.strictObject({
  id: z.uuid(),
  what: z.enum(["table", "rows"]),
  kind: z.enum(fileKinds),
});
export type ReportFile = z.output<typeof ReportFile>;

/** A saved report as it leaves the server. */
export type ReportView = {
  id: string;
  name: string;
  definition: Definition;
  isShared: boolean;
  ownerId: string;
  ownerName: string;
  isMine: boolean;
  mayEdit: boolean;
  schedule: Schedule | null;
  nextMailAt: string | null;
  recipients: { id: string; name: string }[];
  version: number;
};

/** A group's key and, where its dimension has rows with names, its name in both languages. */
export type GroupValue = { key: string; name: string | null; nameHe: string | null };

/** What was measured of a group: a share with its interval, or the median of `n` times in minutes, null when there is none. */
export type Measured =
  | { measure: Measure; rate: Rate; median?: undefined }
  | { measure: Measure; rate?: undefined; median: number | null; n: number };

export type ReportGroup = { a: GroupValue | null; b: GroupValue | null; count: number; measured: Measured[] };

export type ReportResult = {
  definition: Definition;
  asOf: string;
  timeZone: string;
  total: number;
  groups: ReportGroup[];
};

export type ReportRow = {
  id: string;
  at: string;
  customerId: string;
  customerName: string;
  values: { dimension: Dimension; value: GroupValue }[];
};
