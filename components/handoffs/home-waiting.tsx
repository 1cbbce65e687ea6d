import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { DateTime } from "@/components/ui/date-time";
import type { WaitingHandoff } from "@/lib/handoffs/queries";
import { paths } from "@/lib/paths";

/** So many stand here; the others a press away. */
const most = 3;

type Props = {
  workspace: string;
  rows: readonly WaitingHandoff[];
  spokes: readonly { id: string; name: string; nameHe: string }[];
};

/** Handoffs that wait for somebody at the start of her day, each with what it waits for; nothing where there is none. */
export async function HomeWaiting({ workspace, rows, spokes }: Props) {
  const t = await getTranslations("handoffs");
  const locale = await getLocale();
  if (rows.length === 0) return null;
  const nameOf = (id: string) => {
    const spoke = spokes.find((each) => each.id === id);
    return (locale === "he" && spoke?.nameHe) || (spoke?.name ?? "");
  };
  return (
    <section aria-label={t("waiting")} className="border-hairline border-b px-4 pt-2.5 pb-3 md:px-7">
      <h2 className="font-550 text-13">
        {t("waiting")} <span className="num font-normal text-12 text-ink-3">{rows.length}</span>
      </h2>
      <ul>
        {rows.slice(0, most).map(({ id, customerName, fromSpokeId, toSpokeId, why, dueAt }) => (
          <li key={id} className="flex flex-wrap items-baseline gap-x-5 gap-y-0.5 py-1 text-13">
            <Link
              href={paths.handoffs(workspace, `show=all&handoff=${id}`) as never}
              prefetch={false}
              className="font-550 underline decoration-hairline-strong underline-offset-2"
            >
              <bdi>{customerName}</bdi>
            </Link>
            <span className="text-ink-2">{t("from_to", { from: nameOf(fromSpokeId), to: nameOf(toSpokeId) })}</span>
            <span>{t(`why.${why}`)}</span>
            {dueAt ? (
              <span className="text-12 text-ink-3">
                <DateTime at={dueAt} />
              </span>
            ) : null}
          </li>
        ))}
      </ul>
      {rows.length > most ? (
        <Link
          href={paths.handoffs(workspace, "show=all") as never}
          prefetch={false}
          className="text-12 underline underline-offset-2"
        >
          {t("all_waiting", { count: rows.length })}
        </Link>
      ) : null}
    </section>
  );
}
