import { getTranslations } from "next-intl/server";
import type { WithdrawWords } from "./withdraw-button";

type Words = Awaited<ReturnType<typeof getTranslations>>;
type Scores = {
  expectation: number | null;
  outcome: number | null;
  disconfirmation: number | null;
  csat?: number | null;
  ces?: number | null;
};

/** The scores of an answer in words, those that were given. */
export function scoresGiven(
  { expectation, outcome, disconfirmation, csat = null, ces = null }: Scores,
  t: Words,
): string[] {
  return [
    expectation === null ? [] : t("score.expectation", { score: expectation }),
    outcome === null ? [] : t("score.outcome", { score: outcome }),
    disconfirmation === null ? [] : t("score.disconfirmation", { score: disconfirmation }),
    csat === null ? [] : t("score.csat", { score: csat }),
    ces === null ? [] : t("score.ces", { score: ces }),
  ].flat();
}

/** What the button that takes an answer back says. */
export async function withdrawWords(): Promise<WithdrawWords> {
  const t = await getTranslations("experience");
  return {
    ...{ open: t("withdraw.open"), title: t("withdraw.title"), text: t("withdraw.text") },
    ...{ confirm: t("withdraw.confirm"), reason: t("withdraw.reason") },
  };
}
