import { getLocale, getTranslations } from "next-intl/server";
import { buttonStyle } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { PageHead } from "@/components/ui/page-head";
import { SectionHead } from "@/components/ui/section-head";
import { Select } from "@/components/ui/select";
import type { DigestView, DigestScreen as Screen } from "@/lib/digest/schema";
import type { Translate } from "@/lib/digest/words";
import { paths } from "@/lib/paths";
import { DigestItem } from "./digest-item";

type Props = { workspace: string; screen: Screen; translate: Translate };

/** A department's weeks: what changed, what was decided about it, and for managers what nobody decided. */
export async function DigestScreen({ workspace, screen, translate }: Props) {
  const t = await getTranslations("digest");
  const isHebrew = (await getLocale()) === "he";
  const { digests, escalated, spokes, spoke } = screen;
  const open = digests.reduce((sum, { items }) => sum + items.filter(({ state }) => state === "open").length, 0);
  const chosen = spokes.find(({ key }) => key === spoke);
  const shared = { workspace, screen, translate };
  return (
    <>
      <PageHead
        title={t("title")}
        above={chosen ? (isHebrew && chosen.nameHe) || chosen.name : undefined}
        statement={digests.length > 0 ? t("statement", { open }) : undefined}
      />
      <div className="px-4 pb-12 md:px-7">
        {spokes.length > 1 ? <Departments workspace={workspace} screen={screen} isHebrew={isHebrew} /> : null}
        {escalated.length > 0 ? (
          <section aria-labelledby="escalated" className="mt-4 rounded-lg border border-warn px-3.5 pb-2">
            <SectionHead id="escalated" title={t("escalated")} note={t("escalated_note")} />
            {escalated.map((digest) => (
              <Week key={digest.id} {...shared} digest={digest} isEscalated />
            ))}
          </section>
        ) : null}
        {digests.length === 0 ? <EmptyState title={t("none")}>{t("none_hint")}</EmptyState> : null}
        {digests.map((digest) => (
          <Week key={digest.id} {...shared} digest={digest} />
        ))}
        {screen.nextCursor && spoke ? (
          <p className="pt-4">
            <LinkButton
              href={paths.digests(workspace, new URLSearchParams({ spoke, cursor: screen.nextCursor }).toString())}
            >
              {t("older")}
            </LinkButton>
          </p>
        ) : null}
      </div>
    </>
  );
}

async function Departments({ workspace, screen, isHebrew }: Omit<Props, "translate"> & { isHebrew: boolean }) {
  const t = await getTranslations("digest");
  return (
    <form action={paths.digests(workspace)} method="get" className="no-print flex flex-wrap items-end gap-3 pt-4">
      <label htmlFor="digest-spoke" className="grid gap-1 text-12 text-ink-2">
        {t("department")}
        <Select
          id="digest-spoke"
          name="spoke"
          defaultValue={screen.spoke ?? ""}
          options={screen.spokes.map(({ key, name, nameHe, open }) => ({
            value: key,
            label: `${(isHebrew && nameHe) || name}${open > 0 ? ` (${open})` : ""}`,
          }))}
        />
      </label>
      <button type="submit" className={buttonStyle({ kind: "plain" })}>
        {t("show")}
      </button>
    </form>
  );
}

type WeekProps = Props & { digest: DigestView; isEscalated?: boolean };

/** One week as a list; an empty one says that nothing is worth the time. */
async function Week({ workspace, screen, translate, digest, isEscalated = false }: WeekProps) {
  const t = await getTranslations("digest");
  const locale = await getLocale();
  const items = isEscalated
    ? digest.items.filter(({ state, escalatedAt }) => state === "open" && escalatedAt !== null)
    : digest.items;
  const department = (locale === "he" && digest.spokeNameHe) || digest.spokeName;
  const days = weekWords(digest, locale);
  return (
    <section aria-label={`${department}, ${t("week", days)}`}>
      <SectionHead title={isEscalated ? `${department}, ${t("week", days)}` : t("week", days)} />
      {items.length === 0 ? <p className="font-serif text-20 text-ink-2">{t("nothing")}</p> : null}
      <ol>
        {items.map((item) => (
          <DigestItem
            key={item.id}
            workspace={workspace}
            item={item}
            translate={translate}
            canDecide={isEscalated || screen.canDecide}
            isManager={screen.isManager}
          />
        ))}
      </ol>
    </section>
  );
}

const dayLength = 86_400_000;

/** The first and last local day of a week in words. */
function weekWords({ week }: DigestView, locale: string): { from: string; to: string } {
  const format = new Intl.DateTimeFormat(locale === "en" ? "en-GB" : locale, {
    day: "numeric",
    month: "short",
    timeZone: "UTC",
  });
  const first = Date.parse(week);
  return { from: format.format(first), to: format.format(first + 6 * dayLength) };
}
