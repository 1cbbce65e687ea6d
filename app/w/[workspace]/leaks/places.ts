import { getTranslations } from "next-intl/server";
import { lapseWords } from "@/components/lapses/words";
import { groupWords, type LeakPlace, type LeakPlaces } from "@/components/leaks/words";
import { apart } from "@/components/ui/apart";
import type { FoundLapses } from "@/lib/lapses/queries";

/** Where these leaks are: the stage, department, handoff or channel; and who is lost there, by their group or by how they slip away. */
export async function leakPlaces(rows: readonly LeakPlace[], spokes: FoundLapses["spokes"]): Promise<LeakPlaces> {
  const [t, lapses, nameOf] = await Promise.all([
    getTranslations("leaks"),
    getTranslations("lapses"),
    lapseWords({ limits: rows.map(({ stageName: name, ...row }) => ({ ...row, name })), spokes }),
  ]);
  return ({ measure, dimension, value, valueName, stageName }) => {
    if (dimension === "origin" || dimension === "osc" || dimension === "recent")
      return {
        where: apart(stageName),
        group: groupWords(t, { dimension, value }, valueName ? { [value]: valueName } : {}),
      };
    return {
      where: nameOf({ by: dimension, key: value }),
      group: measure === "dropped" ? "" : lapses(`measure.${measure}`),
    };
  };
}
