import type { Context } from "../context";
import { AppError } from "../errors";
import { surveySettings } from "../responses/queries";
import { latestRun, readRun } from "../runs/queries";
import type { RunWithResult } from "../runs/schema";
import { type MomentName, reportOfDrivers } from "./report";
import type { DriversReport, DriversResult, GetDrivers } from "./schema";

/** The run that is asked for: by its id, or the newest about this type or about all of them. */
async function findRun(ctx: Context, { run, type, asOf }: GetDrivers): Promise<RunWithResult | null> {
  if (run) {
    const found = await readRun(ctx, { id: run });
    if (found.kind !== "drivers" || found.result === null) throw new AppError("not_found", "run");
    return found;
  }
  const [whole, own] = await Promise.all([
    latestRun(ctx, "drivers", { type: null }, { asOf }),
    type ? latestRun(ctx, "drivers", { type }, { asOf }) : null,
  ]);
  if (!own || !whole) return own ?? whole;
  return own.asOf > whole.asOf ? own : whole;
}

/** What every moment is called and who answers for it; archived ones keep their names. */
async function namesOf(ctx: Context): Promise<ReadonlyMap<string, MomentName>> {
  const rows = await ctx.db.$queryRaw<(MomentName & { id: string })[]>`
    select d.id, d.name, d.name_he as "nameHe", d.responsible_role as "responsibleRole", m.name as "responsibleName"
    from defining_moments d left join members m on m.workspace_id = ${ctx.workspaceId}::uuid and m.id = d.responsible_id and m.status = 'active'
    where d.workspace_id = ${ctx.workspaceId}::uuid`;
  return new Map(rows.map(({ id, ...name }) => [id, name]));
}

/**
 * Which moments carry weight and what to mend first (DOMAIN F38 to F39), read off the newest run; for managers. Nothing is
 * computed here but the order at another target. Throws `not_found` for a run that is not there.
 */
export async function getDrivers(ctx: Context, input: GetDrivers): Promise<DriversReport> {
  const [run, settings, names] = await Promise.all([findRun(ctx, input), surveySettings(ctx), namesOf(ctx)]);
  const type = input.type || null;
  const target = input.target ?? null;
  if (!run) {
    const empty: DriversResult = {
      target: settings.target,
      types: [],
      outcome: { found: { status: "cannot_estimate", n: 0, reason: "too_few" }, leftOut: [] },
      ranked: [],
    };
    return reportOfDrivers(empty, { run: null, type, target }, names);
  }
  const { id, asOf, knownAt, finishedAt, configVersion, seed } = run;
  const about = { id, asOf, knownAt, finishedAt, configVersion, seed };
  return reportOfDrivers(run.result as DriversResult, { run: about, type, target }, names);
}
