import { getLocale, getTranslations } from "next-intl/server";
import { apart } from "@/components/ui/apart";
import type { FoundLapses } from "@/lib/lapses/queries";
import type { LapseGroup, LapseLimit } from "@/lib/lapses/schema";

const media = ["phone", "email", "sms", "chat", "video", "onsite", "social", "portal", "note", "unknown"] as const;

/** What the groups of a run are called: stages and departments by their own names, pairs and channels by ours. */
export async function lapseWords({
  limits,
  spokes,
}: Pick<FoundLapses, "spokes"> & { limits: readonly Pick<LapseLimit, "template" | "stage" | "name">[] }) {
  const [t, channels, locale] = await Promise.all([
    getTranslations("lapses"),
    getTranslations("experience"),
    getLocale(),
  ]);
  const spokeOf = (key: string) => {
    const spoke = spokes.find((each) => each.key === key);
    return apart((locale === "he" && spoke?.nameHe) || (spoke?.name ?? key));
  };
  return ({ by, key }: Pick<LapseGroup, "by" | "key">): string => {
    if (by === "spoke") return spokeOf(key);
    if (by === "stage") {
      const found = limits.find(({ template, stage }) => `${template}/${stage}` === key);
      return apart(found?.name ?? key);
    }
    if (by === "channel") {
      const medium = media.find((each) => each === key);
      return medium ? channels(`medium_name.${medium}`) : apart(key);
    }
    const [from = "", to = ""] = key.split(">");
    return t("pair", { from: spokeOf(from), to: spokeOf(to) });
  };
}
