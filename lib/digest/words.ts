import { isolated } from "../isolated";
import { rateOf } from "../statistics/rate";
import type { About } from "./schema";

/** Finds the words of a key in the reader's language; keys name their namespace first. */
export type Translate = {
  (key: string, values?: Record<string, string | number>): string;
  has(key: string): boolean;
};

const percent = (share: number) => `${(share * 100).toFixed(1)}\u00a0%`;
const points = (share: number) => (share * 100).toFixed(1);

const named = (t: Translate, group: string, key: string) => {
  const name = `${group}.${key.replaceAll(/[ /]/g, "_")}`;
  return !key.includes(".") && t.has(name) ? t(name) : key;
};

/** An item as a person reads it: what is the matter, its number with the interval, what to do about it. */
export type ItemWords = { title: string; number: string; suggestion: string };

const nameOf = ({ name, nameHe }: { name: string; nameHe: string }, locale: string) =>
  (locale === "he" && nameHe) || name;

function titleOf(t: Translate, about: About, locale: string): string {
  switch (about.kind) {
    case "voice": {
      const type = named(t, "experience.type", about.type);
      const medium = named(t, "experience.medium_name", about.medium);
      return t(`digest.voice_${about.reason}`, { type, medium });
    }
    case "expectation":
      return t("digest.expectation", { origin: about.origin });
    case "driver":
      return t("digest.driver", {
        moment: nameOf(about, locale),
        type: named(t, "experience.type", about.type),
        weight: about.weight.toFixed(2),
      });
    case "theme":
      return t("digest.theme", { theme: nameOf(about, locale), lift: about.lift.toFixed(1) });
    case "enablement":
      return t(`digest.enablement_${about.verdict}`, { item: nameOf(about, locale) });
    default:
      return t(`digest.${about.kind}`);
  }
}

function numberOf(t: Translate, about: About): string {
  if (about.kind === "enablement") {
    const interval = isolated(`${points(about.lo)} – ${points(about.hi)}`);
    return t("digest.number_effect", { effect: isolated(points(about.effect)), interval });
  }
  const { rate, lo, hi } = rateOf(about.k, about.n);
  if (rate === null) return t("common.no_data");
  const key = about.kind === "theme" ? "number_theme" : about.weeks === 0 ? "number_all" : "number";
  return t(`digest.${key}`, {
    share: isolated(percent(rate)),
    count: isolated(`${about.k}/${about.n}`),
    interval: isolated(`${percent(lo)} – ${percent(hi)}`),
    weeks: about.weeks,
    target: isolated(percent(about.target)),
  });
}

/** Puts an item into the words of its reader. */
export function wordsOf(t: Translate, about: About, locale: string): ItemWords {
  return {
    title: titleOf(t, about, locale),
    number: numberOf(t, about),
    suggestion: t(`digest.suggest_${about.kind}`),
  };
}
