import { inWorkspace } from "../../lib/db";
import { observeMoments } from "../../lib/evaluations/commands";
import { type ObservationInput, ObserveMoments } from "../../lib/evaluations/schema";
import { changeMoment, createMoment } from "../../lib/moments/commands";
import { CreateMoment } from "../../lib/moments/schema";
import { requestRun } from "../../lib/runs/commands";
import { performRun } from "../../lib/runs/tasks";
import { seededRandom } from "../../lib/statistics/random";
import { contextAs } from "./stage";

/** What Harrow & Pine watches in its price mails and follow-ups beside what every workspace begins with. */
const added = [
  {
    interactionType: "proposal/price talk",
    name: "Same price as on the phone",
    nameHe: "אותו מחיר כמו בטלפון",
    responsibleRole: "sales",
    playbook: "Look up what was said before you write a number.",
    playbookHe: "לבדוק מה נאמר לפני שכותבים מספר.",
  },
  {
    interactionType: "proposal/price talk",
    name: "Next step with its day",
    nameHe: "הצעד הבא והיום שלו",
    responsibleRole: "sales",
    playbook: "End with who calls whom, and when.",
    playbookHe: "לסיים במי מתקשר למי ומתי.",
  },
  {
    interactionType: "follow-up",
    name: "Answered what was asked",
    nameHe: "מענה על מה שנשאל",
    responsibleRole: "osc",
    playbook: "Read the question again before you send the answer.",
    playbookHe: "לקרוא שוב את השאלה לפני ששולחים תשובה.",
  },
] as const;

/** How often a moment is missed in a contact that was good, and in one that was not. */
const missed: Record<string, readonly [good: number, bad: number]> = {
  "Price explanation": [0.08, 0.8],
  "Same price as on the phone": [0.12, 0.4],
  "Answered what was asked": [0.06, 0.6],
};
const usually = [0.1, 0.2] as const;

/** Quality looks at what was heard of: what was seen of each moment, and which of them carry weight. */
export async function seeMoments(workspaceId: string, ids: Map<string, string>, now: Date): Promise<void> {
  const ctx = await contextAs(workspaceId, ids, "owner", now);
  const quality = { ...ctx, roles: ["qa" as const] };
  const random = seededRandom(11);
  await inWorkspace(workspaceId, async () => {
    for (const moment of added) await createMoment(ctx, CreateMoment.parse(moment));
    const moments = await ctx.db.definingMoment.findMany({
      where: { workspaceId, archivedAt: null },
      orderBy: [{ position: "asc" }, { name: "asc" }],
    });
    const price = moments.find(({ name }) => name === "Price explanation");
    if (price)
      await changeMoment(ctx, { id: price.id, version: price.version, responsibleId: ids.get("ines") ?? null });
    const contacts = await ctx.db.$queryRaw<{ id: string; type: string; isGood: boolean }[]>`
      select id, type, experience_class = 'positive' as "isGood" from interactions
      where workspace_id = ${workspaceId}::uuid and experience_class is not null order by started_at, medium, type, id`;
    for (const { id, type, isGood } of contacts) {
      const observations = moments
        .filter(({ interactionType }) => interactionType === type)
        .map(({ id: momentId, name }): Pick<ObservationInput, "momentId" | "state"> => {
          const chance = (missed[name] ?? usually)[isGood ? 0 : 1];
          const dice = random();
          return { momentId, state: dice < chance ? "missed" : dice > 0.85 ? "done_well" : "done" };
        });
      if (observations.length > 0) await observeMoments(quality, ObserveMoments.parse({ id, observations }));
    }
    const later = await contextAs(workspaceId, ids, "owner", new Date());
    for (const kind of ["drivers", "consistency"] as const) {
      const { id } = await requestRun(later, { kind, parameters: {} });
      await performRun(later, id);
    }
  });
}
