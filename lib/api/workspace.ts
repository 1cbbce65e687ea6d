import { z } from "zod";
import { ById, endpoint, pageOf } from "../server/api-endpoint";
import {
  changeCalendar,
  changeWorkspace,
  createCalendar,
  createTeam,
  renameSpoke,
  renameTeam,
} from "../workspaces/commands";
import { getSettings, listCalendars, listSpokes, listTeams } from "../workspaces/queries";
import {
  ChangeCalendar,
  ChangeWorkspace,
  CreateCalendar,
  CreateTeam,
  RenameSpoke,
  RenameTeam,
} from "../workspaces/schema";

const Settings = z
  .object({
    name: z.string(),
    slug: z.string(),
    timeZone: z.string(),
    locale: z.string(),
    currency: z.string(),
    region: z.string(),
    hubLabel: z.string(),
    coverageLeadId: z.uuid().nullable(),
    calendarId: z.uuid().nullable(),
    firstResponseMinutes: z.number(),
    relayMinutes: z.number(),
    version: z.number(),
  })
  .meta({ id: "Settings" });

const Calendar = z
  .object({
    id: z.uuid(),
    name: z.string(),
    timeZone: z.string(),
    hours: z
      .record(z.string(), z.array(z.tuple([z.number(), z.number()])))
      .meta({ description: "Weekday (Sunday is 0) to stretches in minutes of the local day" }),
    holidays: z.array(z.string()),
    version: z.number(),
  })
  .meta({ id: "Calendar" });

const Department = z
  .object({
    id: z.uuid(),
    key: z.string(),
    code: z.string(),
    name: z.string(),
    nameHe: z.string(),
    position: z.number(),
  })
  .meta({ id: "Department" });

const Team = z.object({ id: z.uuid(), name: z.string() }).meta({ id: "Team" });

const Version = z.object({ version: z.number() });
const Made = z.object({ id: z.uuid() });
const tag = "Workspace";
const permission = "Admin.";

export const workspaceEndpoints = [
  endpoint({
    method: "GET",
    path: "/settings",
    tag,
    summary: "The workspace and its rules of time.",
    permission,
    response: Settings,
    isVersioned: true,
    handle: getSettings,
  }),
  endpoint({
    method: "PATCH",
    path: "/settings",
    tag,
    summary: "Change the workspace: name, zone, who leads the coverage group, how soon we answer.",
    permission,
    body: ChangeWorkspace.omit({ version: true }),
    response: Version,
    isVersioned: true,
    handle: (ctx, input, { version }) => changeWorkspace(ctx, { ...input, version }),
  }),
  endpoint({
    method: "GET",
    path: "/spokes",
    tag,
    summary: "The hub and the departments in their order.",
    permission: "Everybody.",
    response: pageOf(Department),
    handle: async (ctx) => ({ data: await listSpokes(ctx), nextCursor: null }),
  }),
  endpoint({
    method: "POST",
    path: "/spokes/{id}/rename",
    tag,
    summary: "Give a department another name.",
    permission,
    params: ById,
    body: RenameSpoke.omit({ spokeId: true }),
    handle: (ctx, { id, ...names }) => renameSpoke(ctx, { ...names, spokeId: id }),
  }),
  endpoint({
    method: "GET",
    path: "/calendars",
    tag,
    summary: "Office hours by name.",
    permission,
    response: pageOf(Calendar),
    handle: async (ctx) => ({ data: await listCalendars(ctx), nextCursor: null }),
  }),
  endpoint({
    method: "POST",
    path: "/calendars",
    tag,
    summary: "Make office hours.",
    permission,
    body: CreateCalendar,
    response: Made,
    status: 201,
    handle: createCalendar,
  }),
  endpoint({
    method: "PATCH",
    path: "/calendars/{id}",
    tag,
    summary: "Replace office hours; If-Match names their version.",
    permission,
    params: ById,
    body: ChangeCalendar.omit({ calendarId: true, version: true }),
    response: Version,
    isVersioned: true,
    handle: (ctx, { id, ...input }, { version }) => changeCalendar(ctx, { ...input, calendarId: id, version }),
  }),
  endpoint({
    method: "GET",
    path: "/teams",
    tag,
    summary: "The teams by name.",
    permission,
    response: pageOf(Team),
    handle: async (ctx) => ({ data: await listTeams(ctx), nextCursor: null }),
  }),
  endpoint({
    method: "POST",
    path: "/teams",
    tag,
    summary: "Make a team.",
    permission,
    body: CreateTeam,
    response: Made,
    status: 201,
    handle: createTeam,
  }),
  endpoint({
    method: "POST",
    path: "/teams/{id}/rename",
    tag,
    summary: "Give a team another name.",
    permission,
    params: ById,
    body: RenameTeam.omit({ teamId: true }),
    handle: (ctx, { id, name }) => renameTeam(ctx, { teamId: id, name }),
  }),
];
