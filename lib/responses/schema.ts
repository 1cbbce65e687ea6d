import { z } from "zod";
import type { ExperienceClass } from "../experience/classification";
import type { Rate } from "../statistics/rate";

/** Who speaks: the customer to us, the customer to an outside tool, or a member about how it went. Never mixed. */
export const responseSources = ["customer", "staff", "tool"] as const;
export type ResponseSource = (typeof responseSources)[number];

/** How long an answer counts for its interaction, in days; what comes later is kept for themes. */
export const answerDays = 14;

const score = (lowest: number, highest: number) => z.number().int().min(lowest).max(highest).nullish();
const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

const said = {
  /** Asked before, 1 to 5. */
  expectation: score(1, 5),
  /** How it was, 1 to 5. */
  outcome: score(1, 5),
  /** Compared with what was expected: -2 much worse to 2 much better. */
  disconfirmation: score(-2, 2),
  csat: score(1, 5),
  ces: score(1, 7),
  nps: score(0, 10),
  comment: z.string().trim().max(4000).default(""),
  /** In which language it was said, as a tag: en, he, fr-CA. */
  language: z
    .string()
    .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/)
    .nullish(),
  answeredAt: instant.optional(),
};

type Said = {
  expectation?: number | null | undefined;
  outcome?: number | null | undefined;
  disconfirmation?: number | null | undefined;
  csat?: number | null | undefined;
  ces?: number | null | undefined;
  nps?: number | null | undefined;
  comment: string;
};

/** Whether an answer says anything at all. */
export const saysSomething = ({ expectation, outcome, disconfirmation, csat, ces, nps, comment }: Said) =>
  comment !== "" || [expectation, outcome, disconfirmation, csat, ces, nps].some((each) => typeof each === "number");

const nothingSaid = { error: "nothing_said", path: ["outcome"] };

/** What was said of one interaction. */
export const GiveResponse = z.strictObject({
  ...said,
  source: z.enum(responseSources).default("customer"),
  /** The id where it comes from: the same one twice is one response. */
  externalId: z.string().min(1).max(200).optional(),
  sourceSystem: z.string().min(1).max(60).optional(),
});
export type GiveResponse = z.output<typeof GiveResponse>;

/** What an outside tool sends: the interaction by our id, or by the id of the system that it came from. */
export const ToolResponse = z
  .strictObject({
    ...said,
    externalId: z.string().min(1).max(200),
    interactionId: z.uuid().optional(),
    interaction: z.strictObject({ sourceSystem: z.string().max(60), externalId: z.string().max(200) }).optional(),
  })
  .refine(saysSomething, nothingSaid)
  .refine(({ interactionId, interaction }) => (interactionId === undefined) !== (interaction === undefined), {
    error: "one_of",
    path: ["interactionId"],
  });
export type ToolResponse = z.output<typeof ToolResponse>;

/** What may stand beside the comparison: how it was (outcome, 1 to 5), how satisfied (CSAT, 1 to 5) or how easy (CES, 1 to 7). */
export const secondQuestions = ["outcome", "csat", "ease"] as const;
export type SecondQuestion = (typeof secondQuestions)[number];

/** The form of the customer's page: two questions and a comment, as a browser sends them; of the second questions exactly one. */
export const SurveyAnswer = z
  .strictObject({
    disconfirmation: z.coerce.number().int().min(-2).max(2),
    outcome: z.coerce.number().int().min(1).max(5).optional(),
    csat: z.coerce.number().int().min(1).max(5).optional(),
    ces: z.coerce.number().int().min(1).max(7).optional(),
    comment: z.string().trim().max(4000).default(""),
  })
  .refine(({ outcome, csat, ces }) => [outcome, csat, ces].filter((each) => each !== undefined).length === 1, {
    error: "one_of",
    path: ["outcome"],
  });
export type SurveyAnswer = z.output<typeof SurveyAnswer>;

/** The form about the relationship: one number from 0 to 10, and a comment. */
export const RelationshipAnswer = z.strictObject({
  nps: z.coerce.number().int().min(0).max(10),
  comment: z.string().trim().max(4000).default(""),
});
export type RelationshipAnswer = z.output<typeof RelationshipAnswer>;

export type ResponseReceipt = {
  id: string;
  interactionId: string;
  source: ResponseSource;
  class: ExperienceClass | null;
  /** Came after fourteen days: kept for themes, no part of any rate. */
  isLate: boolean;
  /** Whether it decides the class of its interaction. */
  countsForClass: boolean;
  /** False when the same external id had been sent before. */
  isNew: boolean;
};

export type ResponseView = Omit<ResponseReceipt, "isNew"> & {
  authorName: string | null;
  expectation: number | null;
  outcome: number | null;
  disconfirmation: number | null;
  csat: number | null;
  ces: number | null;
  nps: number | null;
  comment: string;
  language: string | null;
  answeredAt: string;
  recordedAt: string;
};

/** A member saw an interaction otherwise than its customer. */
export type Disagreement = {
  interactionId: string;
  customerId: string;
  customerName: string;
  medium: string;
  type: string;
  at: string;
  staffName: string;
  staffClass: ExperienceClass;
  staffComment: string;
  customerClass: ExperienceClass;
  customerComment: string;
};

export const DisagreementInput = z.strictObject({
  type: z.string().max(100).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
});
export type DisagreementInput = z.output<typeof DisagreementInput>;

/** Which of the customers' answers are listed: of one type of contact or of all. */
export const AnswersInput = DisagreementInput;
export type AnswersInput = DisagreementInput;

/** One answer of a customer as a line, with whether it counts. */
export type AnswerRow = Pick<
  ResponseView,
  | "id"
  | "interactionId"
  | "source"
  | "class"
  | "isLate"
  | "countsForClass"
  | "expectation"
  | "outcome"
  | "disconfirmation"
  | "csat"
  | "ces"
  | "comment"
> & {
  customerId: string;
  customerName: string;
  medium: string;
  route: string | null;
  type: string;
  agentName: string | null;
  at: string;
};

export const WithdrawResponse = z.strictObject({
  id: z.uuid(),
  /** How the customer asked for it; part of the audit. */
  reason: z.string().trim().max(500).default(""),
});
export type WithdrawResponse = z.output<typeof WithdrawResponse>;

export const RelationshipAnswersInput = z.strictObject({
  customerId: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
});
export type RelationshipAnswersInput = z.output<typeof RelationshipAnswersInput>;

/** What one person said of the relationship as a whole. */
export type RelationshipAnswerRow = {
  id: string;
  customerId: string;
  customerName: string;
  personName: string;
  nps: number;
  comment: string;
  language: string;
  /** Came after fourteen days: part of no figure. */
  isLate: boolean;
  at: string;
};

/** What a survey asks about: one contact, or the relationship as a whole. */
export type SurveyAbout = "contact" | "relationship";

type PageFrame = {
  state: "open" | "answered" | "late" | "withdrawn";
  /** Whether there is an answer of hers that she may take back. */
  mayWithdraw: boolean;
  company: string;
  language: string;
};

/** What the form about a contact needs to ask, or why it does not ask any more. */
export type ContactPage = PageFrame & {
  about: "contact";
  timeZone: string;
  who: string | null;
  medium: string;
  type: string;
  /** What is asked beside the comparison. */
  asks: SecondQuestion;
  at: string;
};

/** The same of the form about the relationship. */
export type RelationshipPage = PageFrame & { about: "relationship" };

export type SurveyPage = ContactPage | RelationshipPage;

export type SurveySettings = {
  isOn: boolean;
  probability: number;
  target: number;
  /** The second question of the types of contact that have another than their own. */
  seconds: Record<string, SecondQuestion>;
  /** Whether who bought is asked twice a year about the relationship; only where customers are asked at all. */
  asksRelationship: boolean;
  version: number;
};

const mostTypes = 100;

export const SetSurvey = z.strictObject({
  isOn: z.boolean(),
  probability: z.number().gt(0).max(1),
  target: z.number().gt(0).lt(1),
  /** Replaces all of them; left out, they stay. */
  seconds: z
    .record(z.string().trim().min(1).max(100), z.enum(secondQuestions))
    .refine((seconds) => Object.keys(seconds).length <= mostTypes)
    .optional(),
  /** Left out, it stays. */
  asksRelationship: z.boolean().optional(),
  version: z.number().int(),
});
export type SetSurvey = z.output<typeof SetSurvey>;

export type Asked = { invited: number; response: Rate; isLow: boolean };
