import type { useTranslations } from "next-intl";

type Words = ReturnType<typeof useTranslations>;

/** The key of a type of interaction in the messages. */
export const typeKey = (type: string) => `types.${type.replaceAll(/[ /]/g, "_")}`;

/** What a standard is for: `Call`, or `Call, handover`. */
export function placeOf(
  { medium, interactionType }: { medium: string; interactionType: string | null },
  common: Words,
  interactions: Words,
  join: (medium: string, type: string) => string,
): string {
  const name = common(`media.${medium}`);
  return interactionType === null ? name : join(name, interactions(typeKey(interactionType)));
}
