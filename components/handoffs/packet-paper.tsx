import { createTranslator } from "use-intl/core";
import { percent } from "@/components/ui/rate";
import type { PacketItemView, PacketView } from "@/lib/handoffs/schema";
import type { Locale } from "@/lib/i18n/locales";
import { messagesOf } from "@/lib/i18n/messages";
import { PaperLine, PaperRow, renderPaper } from "@/lib/paper/paper";

/** The words of a packet in one language. */
function packetWords(locale: Locale) {
  const translate = createTranslator({ locale, messages: messagesOf(locale), namespace: "handoffs" });
  return (key: string, values?: Record<string, string | number>) => translate(key as never, values as never) as string;
}

/** What a packet says of one item, line by line, as its page does. */
function linesOf(item: PacketItemView, t: ReturnType<typeof packetWords>): string[] {
  const known =
    item.key === "language"
      ? item.known.map((code) => (code === "he" || code === "en" ? t(`language.${code}`) : code))
      : item.known;
  const lines = [...known, ...item.text.split("\n").filter(Boolean)];
  if (lines.length > 0) return lines;
  if (item.key === "promises" && !item.isApplicable) return [t("none_made")];
  return item.isApplicable ? [t("nothing")] : [];
}

/** A packet as a PDF in one language, with the words of its page: a row for each item, so that a usual one is one sheet. */
export async function packetPaper(packet: PacketView, company: string, locale: Locale): Promise<Buffer> {
  const t = packetWords(locale);
  const standing = (isPresent: boolean | null) =>
    t(isPresent === null ? "not_applicable" : isPresent ? "present" : "absent");
  return renderPaper({
    ...{ title: t("packet"), locale, foot: company },
    children: (
      <>
        <PaperLine locale={locale} kind="quiet">
          {packet.stageName}
        </PaperLine>
        <PaperLine locale={locale} kind="title">
          {`${t("packet")}: ${packet.customerName}`}
        </PaperLine>
        <PaperLine
          locale={locale}
        >{`${percent(packet.completeness)} · ${t("missing_count", { count: packet.missing.length })}`}</PaperLine>
        {packet.items.map((item) => (
          <PacketItem
            key={item.key}
            {...{ locale, label: t(`item.${item.key}`), standing: standing(item.isPresent) }}
            words={[...new Set(linesOf(item, t))].join("\n")}
          />
        ))}
      </>
    ),
  });
}

/** A row is never cut at the foot of a sheet: what would fill a good part of one stands below its name instead. */
const longest = 600;

type ItemProps = { locale: Locale; label: string; standing: string; words: string };

function PacketItem({ locale, label, standing, words }: ItemProps) {
  if (words.length <= longest)
    return (
      <PaperRow
        {...{ locale, isProse: true, widths: [4, 12, 2] }}
        cells={[
          ["item", label],
          ["words", words],
          ["standing", standing],
        ]}
      />
    );
  return (
    <>
      <PaperLine locale={locale} kind="section">{`${label} · ${standing}`}</PaperLine>
      <PaperLine locale={locale}>{words}</PaperLine>
    </>
  );
}
