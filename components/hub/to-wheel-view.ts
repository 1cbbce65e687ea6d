import { apart } from "@/components/ui/apart";
import { dayShape } from "@/components/ui/day-shape";
import { agoWords, lengthOf, ratioOf, type Words } from "@/components/ui/time-words";
import type { WheelSpoke, WheelView } from "@/components/wheel/wheel-view";
import type { Hub, HubSpoke } from "@/lib/hub/schema";
import { paths } from "@/lib/paths";

export type WheelWords = { t: Words; common: Words; locale: string; zone: string; workspace: string };

const day = 86_400_000;

/** An instant as the wheel says it. */
export function dateWords(at: string, { locale, zone }: Pick<WheelWords, "locale" | "zone">, withTime = true): string {
  const time = withTime ? ({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const) : {};
  return new Intl.DateTimeFormat(locale === "en" ? "en-GB" : locale, {
    ...dayShape(at),
    ...time,
    timeZone: zone,
  }).format(new Date(at));
}

/** A department's name in the reader's language. */
export function spokeName(spoke: HubSpoke, locale: string): string {
  return locale === "he" && spoke.nameHe ? spoke.nameHe : spoke.name;
}

/** Departments of the rim in order, with the stages of each; the hub's own stages lie in the sector before. */
function sectorsOf(hub: Hub): Map<string, Hub["stages"]> {
  const rim = hub.spokes.filter(({ position }) => position > 0);
  const sectors = new Map<string, Hub["stages"]>(rim.map(({ id }) => [id, []]));
  let last = rim[0]?.id ?? "";
  for (const stage of hub.stages) {
    const own = sectors.has(stage.spokeId) ? stage.spokeId : last;
    sectors.get(own)?.push(stage);
    last = own;
  }
  return sectors;
}

function stateOf(
  hub: Hub,
  spoke: HubSpoke,
  now: number,
  isLate: boolean,
  words: WheelWords,
): Pick<WheelSpoke, "state" | "stateText"> {
  const hasBaton = hub.journey.accountableSpokeId === spoke.id;
  const touch = hub.touches.find(({ spokeId, agentName }) => spokeId === spoke.id && agentName !== null);
  const owed = soonestPromise(hub, spoke.id);
  if (hub.relays.some(({ toSpokeId }) => toSpokeId === spoke.id))
    return { state: "waiting", stateText: words.t("wheel.waits") };
  if (hasBaton && isLate) {
    return {
      state: "overdue",
      stateText: touch
        ? words.t("wheel.no_touch", { time: lengthOf(now - new Date(touch.at).getTime(), words.common) })
        : words.t("wheel.no_touch_yet"),
    };
  }
  if (owed && new Date(owed.dueAt).getTime() < now)
    return { state: "overdue", stateText: words.t("wheel.promise_late") };
  if (touch) return { state: "active", stateText: agoWords(touch.at, now, words.common) };
  if (owed && !hasBaton) {
    return { state: "waiting", stateText: words.t("wheel.promise", { date: dateWords(owed.dueAt, words, false) }) };
  }
  if (hasBaton || hub.involvedSpokeIds.includes(spoke.id))
    return { state: "active", stateText: words.t("wheel.involved") };
  return { state: "idle", stateText: words.t("wheel.idle") };
}

function soonestPromise(hub: Hub, spokeId: string): Hub["promises"][number] | undefined {
  return hub.promises
    .filter((promise) => promise.spokeId === spokeId && promise.state === "open")
    .sort((a, b) => a.dueAt.localeCompare(b.dueAt))[0];
}

function promisesOf(hub: Hub, spokeId: string, now: number): WheelSpoke["promises"] {
  return hub.promises
    .filter((promise) => promise.spokeId === spokeId && promise.state !== "broken")
    .map(({ id, state, dueAt }) => ({
      id,
      state: state === "kept" ? "kept" : new Date(dueAt).getTime() < now ? "late" : "open",
    }));
}

/** How the department's latest rated contact was for the customer: touches come newest first. */
function lightOf(touches: Hub["touches"], words: WheelWords): Pick<WheelSpoke, "light"> {
  const tone = touches.find((touch) => touch.class)?.class;
  return tone ? { light: { tone, text: words.t(`class.${tone}`) } } : {};
}

function spokeOf(
  hub: Hub,
  spoke: HubSpoke,
  stages: Hub["stages"],
  now: number,
  isLate: boolean,
  words: WheelWords,
): WheelSpoke {
  const hasBaton = hub.journey.accountableSpokeId === spoke.id;
  const touches = hub.touches.filter(({ spokeId }) => spokeId === spoke.id);
  const current = hub.stages.find(({ id }) => id === hub.journey.stageId);
  const first = hub.spokes.find(({ position }) => position === 1);
  const person = hasBaton
    ? hub.journey.accountableName
    : (touches.find(({ agentName }) => agentName)?.agentName ?? soonestPromise(hub, spoke.id)?.byName ?? null);
  return {
    id: spoke.id,
    code: spoke.code,
    name: spokeName(spoke, words.locale),
    position: spoke.position,
    person: hasBaton && person ? words.t("wheel.has_baton", { person }) : person,
    ...stateOf(hub, spoke, now, isLate, words),
    touches: touches.map(({ at, isTwoWay }) => ({
      ageDays: Math.max(0, (now - new Date(at).getTime()) / day),
      twoWay: isTwoWay,
    })),
    ...lightOf(touches, words),
    promises: promisesOf(hub, spoke.id, now),
    stations: stages.map(({ id, name, position }) => ({
      id,
      name,
      state: id === hub.journey.stageId ? "current" : current && position < current.position ? "done" : "ahead",
      isClosing:
        spoke.id === first?.id &&
        position > 0 &&
        hub.stages.some((each) => each.position < position && !stages.includes(each)),
    })),
  };
}

/** Puts the hub into what the wheel draws; pure, so that server and browser draw the same. */
export function toWheelView(hub: Hub, now: number, words: WheelWords): WheelView {
  const { journey, next, lastDone } = hub;
  const sectors = sectorsOf(hub);
  const baton = hub.spokes.find(({ id }) => id === journey.accountableSpokeId);
  const ratio = next?.dueAt ? ratioOf(next.startedAt, next.dueAt, now) : null;
  const isLate = ratio !== null && ratio > 1;
  const step = hub.offTrack[0];
  const done = step?.steps.filter(({ doneAt }) => doneAt).length ?? 0;
  const lateness = next?.dueAt ? lengthOf(now - new Date(next.dueAt).getTime(), words.common) : "";
  const days = Math.floor((now - new Date(journey.enteredStageAt).getTime()) / day);
  return {
    customerName: hub.customer.name,
    oscName: words.t("wheel.osc", { name: journey.oscName }),
    oscPhoto: journey.oscPhotoId
      ? paths.api(words.workspace, `/members/${journey.oscId}/photo?v=${journey.oscPhotoId}`)
      : null,
    oscSince: words.t("wheel.since", { date: dateWords(journey.oscSince, words, false) }),
    spokes: hub.spokes
      .filter(({ position }) => position > 0)
      .map((spoke) => spokeOf(hub, spoke, sectors.get(spoke.id) ?? [], now, isLate, words)),
    batonSpokeId: baton && baton.position > 0 ? baton.id : null,
    current: lastDone
      ? {
          label: words.t("wheel.done", { date: dateWords(lastDone.closedAt ?? lastDone.startedAt, words, false) }),
          name: lastDone.name,
          detail: lastDone.ownerName ?? "",
        }
      : null,
    next: next
      ? {
          label: isLate ? words.t("wheel.missed") : words.t("wheel.next"),
          name: next.name,
          detail: next.dueAt ? dateWords(next.dueAt, words) : words.t("wheel.no_clock"),
          spokeId: next.spokeId,
          ratio,
          lateText: isLate ? words.t("wheel.past_due", { time: lateness }) : null,
          stepText: step
            ? words.t("wheel.step", { done: Math.min(done + 1, step.steps.length), total: step.steps.length })
            : null,
        }
      : null,
    brief: isLate
      ? { large: lateness, small: words.t("wheel.past_due_small") }
      : { large: words.t("wheel.day", { days: days + 1 }), small: stageName(hub) },
    statement: statementOf(hub, now, words),
  };
}

function stageName(hub: Hub): string {
  return hub.stages.find(({ id }) => id === hub.journey.stageId)?.name ?? "";
}

/** A clause of the statement: what is off track in one tone, who has the baton in the accent, the rest in ink. */
export type Clause = { text: string; tone: "bad" | "accent" | "ink" };

/** The clauses of the sentence that opens the page. */
export function clausesOf(hub: Hub, now: number, words: WheelWords): Clause[] {
  const { journey, next, lastDone } = hub;
  const spoke = hub.spokes.find(({ id }) => id === journey.accountableSpokeId);
  const holder =
    !spoke || spoke.position === 0
      ? words.t("say.hub_has_it", { name: apart(journey.oscName) })
      : words.t("say.has_it", { spoke: spokeName(spoke, words.locale) });
  const done = lastDone ? words.t("say.done", { name: apart(lastDone.name) }) : "";
  const isLate = next?.dueAt ? new Date(next.dueAt).getTime() < now : false;
  const coming = !next
    ? words.t("say.nothing")
    : !next.dueAt
      ? words.t("say.next", { name: apart(next.name) })
      : words.t(isLate ? "say.late" : "say.due", {
          name: apart(next.name),
          date: dateWords(next.dueAt, words),
          who: apart(next.ownerName ?? journey.oscName),
        });
  const off =
    isLate && next?.dueAt
      ? words.t("say.off", { time: lengthOf(now - new Date(next.dueAt).getTime(), words.common) })
      : "";
  const clauses: Clause[] = [
    { text: off, tone: "bad" },
    { text: holder, tone: "accent" },
    { text: done, tone: "ink" },
    { text: coming, tone: "ink" },
  ];
  return clauses.filter(({ text }) => text !== "");
}

/** The sentence that opens the page and stands for the picture. */
export function statementOf(hub: Hub, now: number, words: WheelWords): string {
  return clausesOf(hub, now, words)
    .map(({ text }) => text)
    .join(" ");
}
