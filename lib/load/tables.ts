import { newId } from "../identifiers";
import type { Cell } from "./copy";
import type { Made, Place } from "./people";

const origins = ["organic search", "paid search", "social", "email", "referral", "direct traffic"];

/** A table with what each customer writes into it. */
export type Table = { name: string; columns: string; row: (one: Made, index: number) => Cell[] };

/** Who they are. */
export function peopleTables(w: string): Table[] {
  return [
    {
      name: "customers",
      columns: "workspace_id, id, name, origin, created_at",
      row: (one, index) => [w, one.customerId, one.name, origins[index % origins.length] ?? null, one.at],
    },
    {
      name: "persons",
      columns: "workspace_id, id, customer_id, name, is_primary, identity_level",
      row: (one) => [w, one.personId, one.customerId, one.name, true, "contactable"],
    },
    {
      name: "contact_points",
      columns: "workspace_id, id, customer_id, person_id, kind, value, raw, provenance",
      row: (one, index) => [
        w,
        newId(),
        one.customerId,
        one.personId,
        "email",
        emailOf(index),
        emailOf(index),
        "import",
      ],
    },
    {
      name: "customer_search",
      columns: "workspace_id, customer_id, text, name_key",
      row: (one, index) => [
        w,
        one.customerId,
        `${one.name.toLowerCase()} ${emailOf(index)}`,
        one.name.slice(0, 3).toLowerCase(),
      ],
    },
  ];
}

const emailOf = (index: number) => `person${index}@example.com`;

/** Where they stand. */
export function journeyTables(w: string, place: Place, now: number): Table[] {
  const stageOf = ({ stage }: Made) => place.stageIds[stage] ?? null;
  const oscOf = ({ osc }: Made) => place.oscIds[osc] ?? null;
  const due = (index: number) => new Date(now + ((index % 90) + 1) * 86_400_000);
  const { spokeId, templateId } = place;
  return [
    {
      name: "journeys",
      columns:
        "workspace_id, id, customer_id, primary_person_id, template_id, stage_id, status, osc_id, accountable_spoke_id, accountable_id, entered_stage_at, last_activity_at, arrived_at, next_started_at, next_due_at",
      row: (one, index) => [
        ...[
          w,
          one.journeyId,
          one.customerId,
          one.personId,
          templateId,
          stageOf(one),
          "active",
          oscOf(one),
          spokeId,
          oscOf(one),
        ],
        ...[one.at, one.at, one.at, one.at, due(index)],
      ],
    },
    {
      name: "touchpoints",
      columns: "workspace_id, id, journey_id, customer_id, name, type, spoke_id, stage_id, state, started_at, due_at",
      row: (one, index) => [
        w,
        newId(),
        one.journeyId,
        one.customerId,
        "Follow up",
        "follow-up",
        spokeId,
        stageOf(one),
        "due",
        one.at,
        due(index),
      ],
    },
    {
      name: "stage_transitions",
      columns: "workspace_id, id, journey_id, seq, to_stage_id, at, cause, status, actor, spoke_id",
      row: (one) => [w, newId(), one.journeyId, 1, stageOf(one), one.at, "enter", "active", "system", spokeId],
    },
    {
      name: "osc_assignments",
      columns: "workspace_id, id, journey_id, member_id, from_at, reason, actor",
      row: (one) => [w, newId(), one.journeyId, oscOf(one), one.at, "round_robin", "system"],
    },
    {
      name: "journey_spokes",
      columns: "workspace_id, journey_id, spoke_id, first_at",
      row: (one) => [w, one.journeyId, spokeId, one.at],
    },
  ];
}
