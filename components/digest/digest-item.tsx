import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { DateTime } from "@/components/ui/date-time";
import { StatusMark } from "@/components/ui/status-mark";
import type { About, DigestItemView } from "@/lib/digest/schema";
import { type Translate, wordsOf } from "@/lib/digest/words";
import { paths } from "@/lib/paths";
import { DecideButtons } from "./decide-buttons";

type Props = {
  workspace: string;
  item: DigestItemView;
  translate: Translate;
  canDecide: boolean;
  isManager: boolean;
};

/** Where one sees what an item is about; null where the reader may not. */
function placeOf(workspace: string, about: About, isManager: boolean) {
  switch (about.kind) {
    case "voice": {
      const filter = { type: about.type, medium: about.medium, weeks: String(about.weeks) };
      return isManager
        ? { key: "rows", href: paths.experienceRows(workspace, new URLSearchParams(filter).toString()) }
        : null;
    }
    case "driver":
    case "enablement":
      return { key: "to_enablement", href: paths.enablement(workspace) };
    case "promises":
      return { key: "to_inbox", href: paths.inbox(workspace) };
    case "theme":
      return isManager ? { key: "to_comments", href: paths.themes(workspace, `weeks=${about.weeks}`) } : null;
    default:
      return null;
  }
}

/** One item: what is the matter, its number with the interval, two customers' words, who owns it, what to do. */
export async function DigestItem({ workspace, item, translate, canDecide, isManager }: Props) {
  const t = await getTranslations("digest");
  const locale = await getLocale();
  const { title, number, suggestion } = wordsOf(translate, item.about, locale);
  const place = placeOf(workspace, item.about, isManager);
  return (
    <li className="grid gap-1 border-hairline border-t py-3">
      <h3 className="font-550 text-14">{title}</h3>
      <p className="num text-13 text-ink-2">{number}</p>
      {item.quotes.map(({ text }) => (
        <q key={text} dir="auto" className="said block max-w-[46em]">
          {text}
        </q>
      ))}
      <p className="max-w-[46em] text-13 text-ink-2">
        {item.ownerName ? t.rich("owner_rich", { name: () => <bdi>{item.ownerName}</bdi> }) : t("owner_none")}{" "}
        {suggestion}
        {place ? (
          <Link href={place.href} prefetch={false} className="ms-2 text-accent-text underline underline-offset-2">
            {t(place.key)}
          </Link>
        ) : null}
      </p>
      <Decision workspace={workspace} item={item} />
      {canDecide && item.state !== "acted" ? (
        <DecideButtons workspace={workspace} id={item.id} version={item.version} state={item.state} title={title} />
      ) : null}
    </li>
  );
}

async function Decision({ workspace, item }: { workspace: string; item: DigestItemView }) {
  const t = await getTranslations("digest");
  const { state, decidedByName: name, decidedAt, action, actionKind, actionId, escalatedAt } = item;
  if (state === "open")
    return escalatedAt ? (
      <p className="text-12 text-warn">
        <StatusMark state="overdue" /> {t.rich("late_rich", { at: () => <DateTime at={escalatedAt} shape="date" /> })}
      </p>
    ) : null;
  return (
    <p className="text-12 text-ink-2">
      <StatusMark state="good" />{" "}
      {t.rich(`${state}_rich`, { name: () => <bdi>{name}</bdi>, action: () => <bdi>{action}</bdi> })}{" "}
      {decidedAt ? (
        <span className="text-ink-3">
          <DateTime at={decidedAt} shape="date" />
        </span>
      ) : null}{" "}
      {actionKind === "improvement" && actionId ? (
        <Link
          href={paths.improvements(workspace, `improvement=${actionId}`)}
          prefetch={false}
          className="text-accent-text underline underline-offset-2"
        >
          {t("to_improvement")}
        </Link>
      ) : null}
    </p>
  );
}
