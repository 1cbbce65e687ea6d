import { getLocale, getTranslations } from "next-intl/server";
import type { DriversReport, MomentLine } from "@/lib/drivers/schema";
import { figureOf, nameIn, percentOf } from "./words";

type Props = { report: DriversReport; nameOfType: (type: string) => string };

/** What to mend first, in one sentence, why, and who answers for it. */
export async function Answer({ report, nameOfType }: Props) {
  const t = await getTranslations("drivers");
  const locale = await getLocale();
  const { moments, voice, target } = report;
  const first = moments.find(({ place, priority }) => place === 1 && (priority ?? 0) > 0);
  const isRanked = moments.some(({ place }) => place !== null);
  return (
    <section aria-labelledby="answer" className="grid gap-x-10 gap-y-5 pt-6 lg:grid-cols-[minmax(0,1fr)_17rem]">
      <div>
        <h2 id="answer" className="verdict max-md:text-28">
          {first ? t("first", { moment: nameIn(locale, first) }) : t(isRanked ? "none_below" : "no_ranking")}
        </h2>
        {first ? <Reason line={first} target={target} nameOfType={nameOfType} /> : null}
        {voice?.status === "cannot_estimate" ? (
          <p className="mt-2 max-w-[46em] text-14 text-ink-2">{t(`cannot.${voice.reason}`, { n: voice.n })}</p>
        ) : null}
        <p className="mt-1 max-w-[46em] text-14 text-ink-2">{t("associated")}</p>
      </div>
      {voice?.status === "estimated" ? (
        <dl className="grid grid-cols-[1fr_auto] content-start gap-x-4 gap-y-1.5 border-hairline-strong border-t pt-2 text-12 text-ink-2">
          <dt>{t("rated_together")}</dt>
          <dd className="num font-550 text-ink-1">{voice.n}</dd>
          <dt>{t("explained")}</dt>
          <dd className="num font-550 text-ink-1">{figureOf(voice.rSquared)}</dd>
          <dt>{t("method")}</dt>
          <dd className="font-550 text-ink-1">{t(`methods.${voice.method}`)}</dd>
          <dd className="col-span-2 text-ink-3">{t("explained_note")}</dd>
        </dl>
      ) : null}
    </section>
  );
}

async function Reason({ line, target, nameOfType }: { line: MomentLine; target: number } & Pick<Props, "nameOfType">) {
  const t = await getTranslations("drivers");
  const members = await getTranslations("members");
  const role = line.responsibleRole ? members(`roles.${line.responsibleRole}`) : null;
  return (
    <p className="mt-2 max-w-[46em] text-14 text-ink-2">
      {t("reason", {
        type: nameOfType(line.type),
        share: percentOf(line.share ?? 0),
        rate: percentOf(line.shrunken ?? 0),
        target: percentOf(target),
        volume: line.volume,
      })}{" "}
      {line.responsibleName && role
        ? t.rich("owner_named", { role, name: () => <bdi>{line.responsibleName}</bdi> })
        : role
          ? t("owner_role", { role })
          : t("owner_none")}
    </p>
  );
}
