import { z } from "zod";
import type { ExperienceClass } from "../experience/classification";

/** One person of the hub with the ways to reach her. */
export type HubPerson = {
  id: string;
  name: string;
  role: string | null;
  identityLevel: string;
  isPrimary: boolean;
  version: number;
  contactPoints: { id: string; kind: string; value: string; raw: string; verifiedAt: string | null }[];
  consents: Record<string, string>;
};

export type HubTouchpoint = {
  id: string;
  name: string;
  type: string;
  medium: string | null;
  state: string;
  spokeId: string;
  ownerName: string | null;
  startedAt: string;
  dueAt: string | null;
  closedAt: string | null;
  version: number;
};

export type HubPromise = {
  id: string;
  text: string;
  state: string;
  dueAt: string;
  madeAt: string;
  spokeId: string;
  byName: string;
  version: number;
};

export type HubRelay = {
  id: string;
  question: string;
  state: string;
  sentAt: string;
  needBy: string;
  toSpokeId: string;
  toName: string | null;
  fromName: string;
  version: number;
};

export type HubOffTrack = {
  id: string;
  trigger: string;
  openedAt: string;
  severity: string;
  evidence: Record<string, unknown>;
  steps: {
    id: string;
    name: string;
    doneAt: string | null;
    dueAt: string | null;
    spokeId: string;
    ownerName: string | null;
  }[];
};

export type HubStage = {
  id: string;
  key: string;
  name: string;
  position: number;
  spokeId: string;
  /** Days by which half, and four of five, have left the stage. */
  dwellP50Days: number | null;
  dwellP80Days: number | null;
  allowedNext: string[];
  requiredFields: string[];
  entryStatus: string;
};

export type HubSpoke = { id: string; key: string; code: string; name: string; nameHe: string; position: number };

/** Everything the Wheel shows but the timeline. */
export type Hub = {
  customer: {
    id: string;
    name: string;
    kind: string;
    segment: string | null;
    place: string | null;
    origin: string | null;
    flag: string | null;
    notes: string;
    timeZone: string | null;
    createdAt: string;
    version: number;
    mergedIntoId: string | null;
  };
  journey: {
    id: string;
    status: string;
    need: string | null;
    stageId: string;
    templateId: string;
    oscId: string;
    oscName: string;
    oscSince: string;
    oscPhotoId: string | null;
    accountableSpokeId: string;
    accountableId: string | null;
    accountableName: string | null;
    enteredStageAt: string;
    arrivedAt: string;
    unansweredSince: string | null;
    unansweredDueAt: string | null;
    offTrackSince: string | null;
    holdUntil: string | null;
    valueMinor: number | null;
    currency: string | null;
    lostReason: string | null;
    fields: Record<string, unknown>;
    version: number;
  };
  otherJourneys: { id: string; need: string | null; status: string; stageName: string }[];
  stages: HubStage[];
  /** Stages that were entered, in order of first entry. */
  visitedStageIds: string[];
  spokes: HubSpoke[];
  involvedSpokeIds: string[];
  persons: HubPerson[];
  next: HubTouchpoint | null;
  lastDone: HubTouchpoint | null;
  promises: HubPromise[];
  relays: HubRelay[];
  offTrack: HubOffTrack[];
  tasks: {
    id: string;
    title: string;
    kind: string;
    dueAt: string | null;
    ownerName: string | null;
    spokeId: string;
    version: number;
  }[];
  appointments: {
    id: string;
    startAt: string;
    timeZone: string;
    place: string | null;
    state: string;
    hostId: string;
    hostName: string;
    version: number;
  }[];
  /** Per spoke what was exchanged, newest first: of the last 64 contacts the newest twelve and those that were rated. */
  touches: {
    spokeId: string;
    at: string;
    isTwoWay: boolean;
    agentName: string | null;
    /** How it was for the customer, by her own word; null when she said nothing or it is not for this reader. */
    class: ExperienceClass | null;
  }[];
};

export const timelineKinds = [
  "all",
  "interactions",
  "stages",
  "relays",
  "promises",
  "off_track",
  "appointments",
  "relationship",
] as const;

export const TimelineInput = z.object({
  customerId: z.uuid(),
  before: z.string().max(80).optional(),
  kind: z.enum(timelineKinds).default("all"),
  spokeId: z.uuid().optional(),
  medium: z.string().max(20).optional(),
  personId: z.uuid().optional(),
});
export type TimelineInput = z.output<typeof TimelineInput>;

/** One line of the timeline. `kind` and `params` are put into words by the messages; `text` is what people wrote. */
export type TimelineItem = {
  id: string;
  kind: string;
  at: string;
  medium: string | null;
  direction: string | null;
  isTwoWay: boolean;
  isAutomated: boolean;
  text: string;
  who: string | null;
  spokeId: string | null;
  params: Record<string, unknown>;
};

export type Timeline = { items: TimelineItem[]; nextCursor: string | null };
