import { type Decision, permit, refuse } from "../decision";
import { isSound, kappaOf } from "../statistics/kappa";
import type { CodebookIssue, Polarity, ThemeAgreement, ThemeInput } from "./schema";
import { mostThemes } from "./schema";

/** What a draft of the codebook lacks before it can be published; empty when nothing. */
export function lintCodebook(
  themes: readonly Pick<ThemeInput, "name" | "nameHe" | "key" | "words" | "wordsHe">[],
): CodebookIssue[] {
  const issues: CodebookIssue[] = [];
  if (themes.length === 0) issues.push({ path: "themes", reason: "no_themes" });
  if (themes.length > mostThemes) issues.push({ path: "themes", reason: "too_many_themes" });
  for (const [place, { name, nameHe, words, wordsHe }] of themes.entries()) {
    const isTwin = themes.some((other, at) => at < place && other.name.toLowerCase() === name.toLowerCase());
    if (name === "") issues.push({ path: `themes.${place}.name`, reason: "required" });
    else if (isTwin) issues.push({ path: `themes.${place}.name`, reason: "duplicate" });
    if (nameHe === "") issues.push({ path: `themes.${place}.nameHe`, reason: "required" });
    if ([...words, ...wordsHe].some((word) => word.replaceAll("*", "").trim().length < 2))
      issues.push({ path: `themes.${place}.words`, reason: "too_short" });
  }
  return issues;
}

/** Decides whether a version may still be written. */
export function planEdit(status: string): Decision<null> {
  return status === "draft" ? permit(null) : refuse("not_a_draft");
}

/** What a comment says of a theme when nobody said otherwise: what the answer itself was. */
export function polarityOf(found: Polarity | null): Polarity {
  return found ?? "neutral";
}

/** The key of a new theme, made of its name, apart from those that are taken. */
export function keyOf(name: string, taken: ReadonlySet<string>): string {
  const words = name
    .normalize("NFKD")
    .toLowerCase()
    .split(/[^a-z0-9]/);
  const plain = words.filter(Boolean).join("_").slice(0, 32) || "theme";
  for (let each = 1; ; each++) {
    const key = each === 1 ? plain : `${plain}_${each}`;
    if (!taken.has(key)) return key;
  }
}

/** What one of two coders marked: which themes of which comment. */
export type Marks = { responseId: string; first: readonly string[]; second: readonly string[] };

type Named = { themeId: string; name: string; nameHe: string };

/** How two people agree on each theme, over all comments that both marked (DOMAIN F40b). */
export function agreementsOf(marks: readonly Marks[], themes: readonly Named[]): ThemeAgreement[] {
  return themes.map(({ themeId, name, nameHe }) => {
    const counts = { bothYes: 0, firstOnly: 0, secondOnly: 0, bothNo: 0 };
    for (const { first, second } of marks) {
      const [one, other] = [first.includes(themeId), second.includes(themeId)];
      counts[one ? (other ? "bothYes" : "firstOnly") : other ? "secondOnly" : "bothNo"] += 1;
    }
    const kappa = kappaOf(counts);
    return { themeId, name, nameHe, ...counts, kappa, isSound: kappa && isSound(kappa) };
  });
}

/** The agreement over every decision on every theme that anybody saw in any comment; themes nobody saw prove nothing. */
export function agreementOfAll(themes: readonly ThemeAgreement[]): Pick<ThemeAgreement, "kappa" | "isSound"> {
  const seen = themes.filter(({ bothYes, firstOnly, secondOnly }) => bothYes + firstOnly + secondOnly > 0);
  const sum = (name: "bothYes" | "firstOnly" | "secondOnly" | "bothNo") =>
    seen.reduce((total, theme) => total + theme[name], 0);
  const kappa = kappaOf({
    bothYes: sum("bothYes"),
    firstOnly: sum("firstOnly"),
    secondOnly: sum("secondOnly"),
    bothNo: sum("bothNo"),
  });
  return { kappa, isSound: kappa && isSound(kappa) };
}

/** How many comments of a period are coded twice: a share of them, at least one, at most two hundred (DOMAIN F40b). */
export function sampleSize(comments: number, share: number): number {
  return Math.min(comments, Math.max(1, Math.min(200, Math.ceil(comments * share - 1e-9))));
}
