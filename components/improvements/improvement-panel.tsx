import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { DateTime } from "@/components/ui/date-time";
import type { ImprovementView } from "@/lib/improvements/schema";
import { paths } from "@/lib/paths";
import { ImprovementActions } from "./improvement-actions";
import { Measure } from "./measure";

type Props = {
  workspace: string;
  improvement: ImprovementView;
  people: readonly { id: string; name: string }[];
  nameOfType: (type: string) => string;
  nameOfMedium: (medium: string) => string;
};

/** One improvement: what is changed because of which cause, by whom and when, its cases, and whether it helped. */
export async function ImprovementPanel({ workspace, improvement, people, nameOfType, nameOfMedium }: Props) {
  const t = await getTranslations("improvements");
  const locale = await getLocale();
  const cause = (locale === "he" && improvement.causeNameHe) || improvement.causeName;
  return (
    <section aria-labelledby="improvement" className="rounded-lg border border-hairline-strong bg-float px-4 py-3">
      <p className="text-12 text-ink-3">
        {t("cause_is", { cause })}
        {improvement.interactionType ? ` · ${nameOfType(improvement.interactionType)}` : ""} ·{" "}
        {improvement.proposedByName ? (
          <>
            {t("proposed_by")} <bdi>{improvement.proposedByName}</bdi>
          </>
        ) : (
          t("proposed_itself", { count: improvement.cases, days: improvement.windowDays })
        )}
        {" · "}
        <DateTime at={improvement.proposedAt} shape="date" />
      </p>
      <h2 id="improvement" className="font-serif text-20">
        {improvement.title ? <bdi>{improvement.title}</bdi> : t("untitled", { cause })}
      </h2>
      {improvement.description ? (
        <p dir="auto" className="max-w-[64em] whitespace-pre-line pt-1 text-14">
          {improvement.description}
        </p>
      ) : null}
      {improvement.endedNote ? (
        <p dir="auto" className="pt-1 text-13 text-ink-2">
          {improvement.endedNote}
        </p>
      ) : null}
      <ImprovementActions
        key={improvement.version}
        workspace={workspace}
        improvement={improvement}
        cause={cause}
        people={people}
      />
      <Measure workspace={workspace} improvement={improvement} />
      <section aria-labelledby="linked" className="mt-4 border-hairline border-t pt-3">
        <h3 id="linked" className="font-550 text-13">
          {t("linked")} <span className="num font-normal text-12 text-ink-3">{improvement.linked.length}</span>
        </h3>
        <ul>
          {improvement.linked.map((each) => (
            <li
              key={each.id}
              className="flex flex-wrap gap-x-4 border-hairline border-b py-1.5 text-13 last:border-b-0"
            >
              {each.customerName ? (
                <Link
                  href={paths.recoveryCase(workspace, each.id)}
                  prefetch={false}
                  className="underline decoration-hairline-strong underline-offset-2"
                >
                  <bdi>{each.customerName}</bdi>
                </Link>
              ) : (
                <span>{t("hidden_customer")}</span>
              )}
              <span className="text-12 text-ink-3">
                {nameOfMedium(each.medium)} · {nameOfType(each.type)} · <DateTime at={each.openedAt} shape="date" />
              </span>
              <span dir="auto" className="text-ink-2">
                {each.outcome}
              </span>
            </li>
          ))}
        </ul>
      </section>
    </section>
  );
}
