"use client";

import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { useWrite } from "@/components/ui/use-write";
import { markCommentAction } from "@/lib/themes/actions";
import type { CodingItem, CodingRoundView } from "@/lib/themes/schema";
import { definedIn, namedIn } from "./words";

type Props = { workspace: string; round: CodingRoundView };

/** One comment after the other, with every theme to tick; what the other marked is not there to be seen. */
export function CodingDesk({ workspace, round }: Props) {
  const t = useTranslations("themes");
  if (!round.isMine)
    return (
      <p className="text-13 text-ink-2">
        {t("coding.progress", { first: round.firstDone, second: round.secondDone, count: round.comments })}
      </p>
    );
  const left = round.items.filter(({ themeIds }) => themeIds === null).length;
  return (
    <>
      <p className="text-14">{left === 0 ? t("coding.done") : t("coding.left", { count: left })}</p>
      <ol className="grid gap-4">
        {round.items.map((item, place) => (
          <Item
            key={item.responseId}
            workspace={workspace}
            round={round}
            item={item}
            number={place + 1}
            isOpen={!round.finishedAt}
          />
        ))}
      </ol>
    </>
  );
}

type ItemProps = Props & { item: CodingItem; number: number; isOpen: boolean };

function Item({ workspace, round, item, number, isOpen }: ItemProps) {
  const t = useTranslations("themes");
  const locale = useLocale();
  const router = useRouter();
  const { isBusy, error, run } = useWrite();
  const [chosen, setChosen] = useState<readonly string[]>(item.themeIds ?? []);
  const isMarked = item.themeIds !== null;
  const mark = async () => {
    const input = { roundId: round.id, responseId: item.responseId, themeIds: [...chosen] };
    if (await run(() => markCommentAction(workspace, input))) router.refresh();
  };
  return (
    <li className="border-hairline border-b pb-4" aria-busy={isBusy}>
      <p className="text-12 text-ink-3">
        <span className="num">{number}</span>
        {isMarked ? ` · ${t("coding.marked")}` : ""}
      </p>
      <q dir="auto" lang={item.language ?? undefined} className="said block py-1 text-16">
        {item.comment}
      </q>
      <fieldset disabled={!isOpen || isBusy} className="flex flex-wrap gap-x-4 gap-y-1.5 pt-1">
        <legend className="sr-only">{t("coding.themes_of", { number })}</legend>
        {round.themes.map((theme) => (
          <Checkbox
            key={theme.themeId}
            label={namedIn(locale, theme)}
            title={definedIn(locale, theme.definition)}
            checked={chosen.includes(theme.themeId)}
            onChange={(event) =>
              setChosen((before) =>
                event.target.checked ? [...before, theme.themeId] : before.filter((id) => id !== theme.themeId),
              )
            }
          />
        ))}
      </fieldset>
      {isOpen ? (
        <Button className="mt-2" onClick={mark} isBusy={isBusy}>
          {isMarked ? t("coding.mark_again") : t("coding.mark")}
        </Button>
      ) : null}
      {error ? (
        <p role="alert" className="pt-1 text-12 text-bad">
          {error}
        </p>
      ) : null}
    </li>
  );
}
