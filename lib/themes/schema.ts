import { z } from "zod";
import type { ThemeStanding } from "../experience/theme-lift";
import type { Kappa } from "../statistics/kappa";

/** How many themes a codebook may hold (DOMAIN F40): people cannot keep more apart. */
export const mostThemes = 30;

export const polarities = ["positive", "neutral", "negative"] as const;
export type Polarity = (typeof polarities)[number];

const words = z.array(z.string().trim().min(2).max(60)).max(60).default([]);

/** A theme of a draft; one without `themeId` is new, its key then names it for good. */
export const ThemeInput = z.strictObject({
  themeId: z.uuid().nullish(),
  key: z
    .string()
    .regex(/^[a-z0-9_]{1,40}$/)
    .nullish(),
  name: z.string().trim().max(80),
  nameHe: z.string().trim().max(80).default(""),
  definition: z.string().trim().max(500).default(""),
  words,
  wordsHe: words,
});
export type ThemeInput = z.output<typeof ThemeInput>;

export const SaveCodebook = z.strictObject({
  id: z.uuid(),
  version: z.number().int(),
  themes: z.array(ThemeInput).max(100),
});
export type SaveCodebook = z.output<typeof SaveCodebook>;

export const PublishCodebook = z.strictObject({ id: z.uuid(), version: z.number().int() });
export type PublishCodebook = z.output<typeof PublishCodebook>;

export const CodebookKey = z.strictObject({ id: z.uuid() });
export type CodebookKey = z.output<typeof CodebookKey>;

export const Nothing = z.strictObject({});

export type CodebookTheme = {
  themeId: string;
  key: string;
  name: string;
  nameHe: string;
  definition: string;
  words: string[];
  wordsHe: string[];
};

export type CodebookIssue = { path: string; reason: string };

/** One version of the codebook; a draft also with what it lacks. */
export type CodebookView = {
  id: string;
  number: number;
  status: "draft" | "published";
  publishedAt: string | null;
  publishedByName: string | null;
  version: number;
  themes: CodebookTheme[];
  issues: CodebookIssue[];
};

/** The codebook in force, and the draft of the next one when somebody writes it. */
export type CodebookState = {
  inForce: CodebookView;
  draft: CodebookView | null;
  versions: { id: string; number: number; status: string; publishedAt: string | null; themes: number }[];
};

const filter = {
  type: z.string().trim().max(100).optional(),
  /** How far back, in weeks; 0 is everything. */
  weeks: z.coerce.number().int().min(0).max(520).default(26),
};

export const ThemesInput = z.strictObject(filter);
export type ThemesInput = z.output<typeof ThemesInput>;

/** The comments behind a number. */
export const CommentsInput = z.strictObject({
  ...filter,
  themeId: z.uuid().optional(),
  /** Only those whose answer was of this class. */
  class: z.enum(polarities).optional(),
  /** Only those that no theme was found in. */
  untagged: z.enum(["1"]).optional(),
  /** Only those that speak ill of the theme. */
  polarity: z.enum(polarities).optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  until: z.iso.datetime({ offset: true }).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
});
export type CommentsInput = z.output<typeof CommentsInput>;

export type CommentTagView = {
  themeId: string;
  name: string;
  nameHe: string;
  polarity: Polarity;
  source: "human" | "rule";
  matched: string;
  authorName: string | null;
};

/** One comment with nobody's name in it, and the customer only for who may see her. */
export type CommentRow = {
  responseId: string;
  interactionId: string;
  comment: string;
  language: string | null;
  class: Polarity | null;
  isLate: boolean;
  at: string;
  medium: string;
  type: string;
  customerId: string | null;
  customerName: string | null;
  tags: CommentTagView[];
};

export type Quote = { responseId: string; text: string; language: string | null; class: Polarity | null };

export type ThemeLine = ThemeStanding & {
  themeId: string;
  key: string;
  name: string;
  nameHe: string;
  definition: string;
  quotes: Quote[];
};

export type ThemesReport = {
  type: string | null;
  weeks: number;
  since: string | null;
  asOf: string;
  /** Which version of the codebook names the themes. */
  codebook: { id: string; number: number };
  comments: number;
  negative: number;
  untagged: number;
  themes: ThemeLine[];
  types: string[];
  agreement: AgreementReport | null;
};

export const TagComment = z.strictObject({
  responseId: z.uuid(),
  themeId: z.uuid(),
  /** What it says of the theme; left out, what the answer itself was. */
  polarity: z.enum(polarities).optional(),
});
export type TagComment = z.output<typeof TagComment>;

export const UntagComment = z.strictObject({ responseId: z.uuid(), themeId: z.uuid() });
export type UntagComment = z.output<typeof UntagComment>;

export const StartRound = z.strictObject({
  firstId: z.uuid(),
  secondId: z.uuid(),
  type: z.string().trim().max(100).optional(),
  weeks: filter.weeks,
  /** Share of the comments that both read, 0.1 by the rule of the domain. */
  share: z.number().gt(0).max(1).default(0.1),
  /** Draws the sample; the same seed draws the same comments again. */
  seed: z.number().int().min(0).max(2_147_483_647).optional(),
});
export type StartRound = z.output<typeof StartRound>;

export const MarkComment = z.strictObject({
  roundId: z.uuid(),
  responseId: z.uuid(),
  themeIds: z.array(z.uuid()).max(mostThemes),
});
export type MarkComment = z.output<typeof MarkComment>;

export type ThemeAgreement = {
  themeId: string;
  name: string;
  nameHe: string;
  bothYes: number;
  firstOnly: number;
  secondOnly: number;
  bothNo: number;
  /** Null when both always said the same one word: chance alone then explains it. */
  kappa: Kappa | null;
  isSound: boolean | null;
};

/** How far two people read the codebook alike. */
export type AgreementReport = {
  roundId: string;
  type: string | null;
  comments: number;
  finishedAt: string;
  firstName: string;
  secondName: string;
  codebookNumber: number;
  /** Over every decision on every theme. */
  all: ThemeAgreement["kappa"];
  isSound: boolean | null;
  themes: ThemeAgreement[];
};

export type CodingItem = {
  responseId: string;
  comment: string;
  language: string | null;
  /** What the reader herself marked; null before she did. */
  themeIds: string[] | null;
};

/** A round as one of its coders sees it: only her own marks until both are through. */
export type CodingRoundView = {
  id: string;
  type: string | null;
  comments: number;
  startedAt: string;
  finishedAt: string | null;
  firstName: string;
  secondName: string;
  firstDone: number;
  secondDone: number;
  /** Whether the reader is one of the two. */
  isMine: boolean;
  themes: { themeId: string; name: string; nameHe: string; definition: string }[];
  items: CodingItem[];
  agreement: AgreementReport | null;
};

export type CodingRoundRow = Omit<CodingRoundView, "themes" | "items" | "agreement"> & { kappa: number | null };
