import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { buttonStyle } from "@/components/ui/button";
import { PageHead } from "@/components/ui/page-head";
import { percent } from "@/components/ui/rate";
import { Select } from "@/components/ui/select";
import { latestEffect } from "@/lib/enablement/rules";
import type { EnablementBoard, OwnAssignment } from "@/lib/enablement/schema";
import { isolated } from "@/lib/isolated";
import { paths } from "@/lib/paths";
import { CoverageSection } from "./coverage-section";
import { EffectSection } from "./effect-section";
import { ItemSection } from "./item-section";
import { OwnSection } from "./own-section";
import { ProposalSection } from "./proposal-section";

export type PersonOption = { id: string; name: string; roles: string[] };
export type MomentOption = { id: string; name: string; nameHe: string; interactionType: string };

type Props = {
  workspace: string;
  board: EnablementBoard | null;
  own: OwnAssignment[];
  canAssign: boolean;
  memberId: string | null;
  people: PersonOption[];
  moments: MomentOption[];
  isMeasuring: boolean;
  nameOfType: (type: string) => string;
  now: string;
};

/** Three answers for a manager and what each rests on; for everybody else, what she was given. */
export async function EnablementScreen(props: Props) {
  const { workspace, board, own, nameOfType } = props;
  const t = await getTranslations("enablement");
  return (
    <>
      <PageHead
        title={board ? t("title") : t("own_title")}
        statement={board ? t("statement") : t("own_statement")}
        above={
          board ? (
            <Link href={paths.experience(workspace)} className="underline underline-offset-2">
              {t("above")}
            </Link>
          ) : undefined
        }
      />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-3 px-4 pb-12 md:px-7">
        {board ? <Board {...props} board={board} nameOfType={nameOfType} /> : null}
        {board && own.length === 0 ? null : (
          <OwnSection workspace={workspace} own={own} memberId={props.memberId} hasHead={board !== null} />
        )}
      </div>
    </>
  );
}

async function Board({
  workspace,
  board,
  canAssign,
  memberId,
  people,
  moments,
  isMeasuring,
  nameOfType,
  now,
}: Props & { board: EnablementBoard }) {
  const momentOf = new Map(moments.map((moment) => [moment.id, moment]));
  return (
    <>
      <TypeFilter workspace={workspace} board={board} nameOfType={nameOfType} />
      <Answers board={board} moments={momentOf} />
      <ProposalSection
        workspace={workspace}
        board={board}
        moments={moments}
        people={people}
        canAssign={canAssign}
        now={now}
      />
      <CoverageSection board={board} />
      <EffectSection workspace={workspace} board={board} canMeasure={canAssign} isMeasuring={isMeasuring} />
      <ItemSection
        workspace={workspace}
        board={board}
        memberId={memberId}
        people={people}
        moments={moments}
        canAssign={canAssign}
        now={now}
      />
    </>
  );
}

async function TypeFilter({
  workspace,
  board,
  nameOfType,
}: Pick<Props, "workspace" | "nameOfType"> & { board: EnablementBoard }) {
  const t = await getTranslations("enablement");
  return (
    <form action={paths.enablement(workspace)} method="get" className="no-print flex flex-wrap items-end gap-3 pt-4">
      <label htmlFor="filter-type" className="grid gap-1 text-12 text-ink-2">
        {t("type_filter")}
        <Select
          id="filter-type"
          name="type"
          defaultValue={board.type ?? ""}
          placeholder={t("all_types")}
          options={board.types.map((value) => ({ value, label: nameOfType(value) }))}
        />
      </label>
      <button type="submit" className={buttonStyle({ kind: "plain" })}>
        {t("show")}
      </button>
    </form>
  );
}

type AnswerProps = { board: EnablementBoard; moments: ReadonlyMap<string, MomentOption> };

/** The three questions of the page, each answered in one line. */
async function Answers({ board, moments }: AnswerProps) {
  const t = await getTranslations("enablement");
  const isHebrew = (await getLocale()) === "he";
  const { proposals, ranking, coverage, effects } = board;
  const [first] = proposals;
  const moment = first ? moments.get(first.momentId) : undefined;
  const missing = new Set(coverage.flatMap((role) => role.missing.map(({ memberId }) => memberId))).size;
  const gaps = coverage.filter(({ finding }) => finding !== null).length;
  const latest = latestEffect(board.items, effects?.items ?? []);
  return (
    <dl className="grid gap-x-10 gap-y-5 pt-4 md:grid-cols-3">
      <Answer label={t("answer_first")}>
        {first
          ? t("first_line", {
              moment: (isHebrew && moment?.nameHe) || moment?.name || "",
              name: isHebrew ? first.nameHe : first.name,
            })
          : t(ranking ? "nothing_first" : "no_ranking")}
        {first ? (
          <Why>
            {t("proposal_why", {
              share: isolated(percent(first.shrunken)),
              n: first.n,
              target: isolated(percent(ranking?.target ?? 0)),
              weight: first.weight.toFixed(2),
            })}
            {first.isGiven ? `, ${t("given")}` : null}
          </Why>
        ) : ranking ? null : (
          <Why>{t("no_ranking_hint")}</Why>
        )}
      </Answer>
      <Answer label={t("answer_missing")}>
        {t("missing_line", { count: missing })}
        {gaps > 0 ? <Why>{t("gaps_line", { count: gaps })}</Why> : null}
      </Answer>
      <Answer label={t("answer_worked")}>
        {latest ? (
          <>
            {t(`verdict.${latest.effect.status === "estimated" ? latest.effect.verdict : "cannot_estimate"}`)}
            <Why>
              <bdi>{(isHebrew && latest.item.nameHe) || latest.item.name}</bdi>
            </Why>
          </>
        ) : (
          t("worked_none")
        )}
      </Answer>
    </dl>
  );
}

function Answer({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div className="border-hairline-strong border-t pt-2">
      <dt className="text-12 text-ink-3">{label}</dt>
      <dd className="mt-0.5 text-balance font-serif text-20">{children}</dd>
    </div>
  );
}

function Why({ children }: { children: React.ReactNode }) {
  return <span className="mt-1 block text-pretty font-sans text-13 text-ink-2">{children}</span>;
}
