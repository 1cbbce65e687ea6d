import { z } from "zod";
import { roles } from "../auth/roles";
import { interactionTypes } from "../journeys/vocabulary";

export const momentPhases = ["before", "during", "after"] as const;
export const observationStates = ["done_well", "done", "missed", "not_applicable"] as const;

const fields = {
  name: z.string().trim().min(1).max(120),
  nameHe: z.string().trim().max(120),
  phase: z.enum(momentPhases),
  responsibleRole: z.enum(roles).nullable(),
  /** One person who answers for it, beside her role. */
  responsibleId: z.uuid().nullable(),
  playbook: z.string().trim().max(2_000),
  playbookHe: z.string().trim().max(2_000),
};

export const CreateMoment = z.strictObject({
  interactionType: z.enum(interactionTypes),
  name: fields.name,
  nameHe: fields.nameHe.default(""),
  phase: fields.phase.default("during"),
  responsibleRole: fields.responsibleRole.default(null),
  responsibleId: fields.responsibleId.default(null),
  playbook: fields.playbook.default(""),
  playbookHe: fields.playbookHe.default(""),
});
export type CreateMoment = z.output<typeof CreateMoment>;

export const ChangeMoment = z.strictObject({
  id: z.uuid(),
  version: z.number().int().min(1),
  name: fields.name.optional(),
  nameHe: fields.nameHe.optional(),
  phase: fields.phase.optional(),
  responsibleRole: fields.responsibleRole.optional(),
  responsibleId: fields.responsibleId.optional(),
  playbook: fields.playbook.optional(),
  playbookHe: fields.playbookHe.optional(),
});
export type ChangeMoment = z.output<typeof ChangeMoment>;

export const MomentKey = z.strictObject({ id: z.uuid() });
export type MomentKey = z.output<typeof MomentKey>;

/** A defining moment as it leaves the server. */
export type MomentView = {
  id: string;
  interactionType: string;
  name: string;
  nameHe: string;
  phase: (typeof momentPhases)[number];
  responsibleRole: string | null;
  responsibleId: string | null;
  responsibleName: string | null;
  playbook: string;
  playbookHe: string;
  /** Nobody answers for it: neither a role that somebody holds nor an active member (DOMAIN C5). */
  isOrphaned: boolean;
  version: number;
};
