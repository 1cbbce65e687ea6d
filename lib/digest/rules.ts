import { type Decision, permit, refuse } from "../decision";
import { findings } from "../statistics/benjamini-hochberg";
import { chanceOfAtMost } from "../statistics/binomial";
import { newcombe } from "../statistics/newcombe";
import { minimumTrials } from "../statistics/rate";
import type { About, ItemState } from "./schema";

/** At most this share of what a digest calls low may be so by chance (DOMAIN F90). */
const falseFindings = 0.1;

/** A digest is read in a minute: at most so many items. */
export const mostItems = 5;

export type Window = { weeks: number; k: number; n: number };

/** The shortest of the windows that has enough ratings to be judged, and some of this week; null when none has. */
export function judgedWindow(windows: readonly Window[]): Window | null {
  const [last] = windows;
  if (!last || last.n === 0) return null;
  return windows.find(({ n }) => n >= minimumTrials) ?? null;
}

/** Those of many shares that are below the target for other reasons than chance, counted together (DOMAIN 6.0, F90). */
export function belowTarget<Each extends { k: number; n: number }>(all: readonly Each[], target: number): Each[] {
  const judged = all.filter(({ n }) => n >= minimumTrials);
  const isLow = findings(
    judged.map(({ k, n }) => chanceOfAtMost(k, n, target)),
    falseFindings,
  );
  return judged.filter(({ k, n }, place) => isLow[place] && k / n < target);
}

/** Whether a share fell against the time before it: the interval of the difference leaves out 0 (DOMAIN F89). */
export function hasFallen(now: { k: number; n: number }, before: { k: number; n: number }): boolean {
  if (now.n < minimumTrials || before.n < minimumTrials) return false;
  return (newcombe(now, before)?.hi ?? 0) < 0;
}

/** What makes two items of different weeks the same matter. */
export function matterOf(about: About): string {
  switch (about.kind) {
    case "voice":
      return `voice ${about.type} ${about.medium}`;
    case "expectation":
      return `expectation ${about.origin}`;
    case "driver":
      return `driver ${about.momentId}`;
    case "enablement":
      return `enablement ${about.itemId} ${about.verdict}`;
    case "theme":
      return `theme ${about.theme}`;
    default:
      return about.kind;
  }
}

/** Whether this is worth somebody's time again: it was not said lately, or the number is another one by now. */
export function isNews(about: About, saidBefore: readonly About[]): boolean {
  const before = saidBefore.find((each) => matterOf(each) === matterOf(about));
  if (!before) return true;
  if (!("k" in about) || !("k" in before)) return false;
  const change = newcombe(about, before);
  return change !== null && (change.lo > 0 || change.hi < 0);
}

type Deciding = { state: ItemState };

/** Somebody has read it. */
export function planAcknowledge({ state }: Deciding): Decision<{ state: "acknowledged" }> {
  return state === "open" ? permit({ state: "acknowledged" }) : refuse("already_decided");
}

/** Somebody does something about it, also after it was read. */
export function planAct({ state }: Deciding): Decision<{ state: "acted" }> {
  return state === "acted" ? refuse("already_decided") : permit({ state: "acted" });
}
