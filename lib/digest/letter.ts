import { createTranslator } from "use-intl/core";
import { type Letter, type Mail, setLetter } from "../email/letter";
import { localeOf } from "../i18n/locales";
import { messagesOf } from "../i18n/messages";
import type { About, Quote } from "./schema";
import { type Translate, wordsOf } from "./words";

/** Everything the words of an item may need, in one language. */
export function translatorIn(locale: string): Translate {
  const known = localeOf(locale, null);
  return createTranslator({ locale: known, messages: messagesOf(known) }) as unknown as Translate;
}

export type LetterItem = { about: About; quotes: readonly Quote[]; ownerName: string | null };

type Digest = {
  department: { name: string; nameHe: string };
  url: string;
  items: readonly LetterItem[];
  /** Nobody decided in time: it goes to a manager. */
  isLate?: boolean;
};

/**
 * The week of a department, or what nobody decided of it, as a letter in the language of its reader: each item with number,
 * interval, quotes and owner.
 */
export function setDigest(
  { email, locale }: { email: string; locale: string },
  { department, url, items, isLate = false }: Digest,
): Mail {
  const known = localeOf(locale, null);
  const t = translatorIn(known);
  const name = (known === "he" && department.nameHe) || department.name;
  const letter: Letter = {
    subject: t(isLate ? "digest.late_subject" : "digest.mail_subject", { department: name, count: items.length }),
    paragraphs: [
      t(isLate ? "digest.late_intro" : "digest.mail_intro", { department: name }),
      ...items.flatMap(({ about, quotes, ownerName }, place) => {
        const { title, number, suggestion } = wordsOf(t, about, known);
        const owner = ownerName ? t("digest.owner", { name: `\u2068${ownerName}\u2069` }) : t("digest.owner_none");
        return [
          `${place + 1}. ${title}. ${number}`,
          ...quotes.map(({ text }) => `\u2068“${text}”\u2069`),
          `${owner} ${suggestion}`,
        ];
      }),
    ],
    action: { label: t("digest.mail_do"), url },
    foot: t(isLate ? "digest.late_foot" : "digest.mail_foot", { email, department: name }),
  };
  return setLetter(email, letter, known);
}
