import { createTranslator } from "use-intl/core";
import { directionOf, type Locale, localeOf } from "../i18n/locales";
import { messagesOf } from "../i18n/messages";

/** A file that goes with a mail: CSV as it stands in one. */
export type Attachment = { name: string; content: string };

/** The same as a PDF, for who prints it. */
export type PaperAttachment = { name: string; content: Uint8Array<ArrayBuffer> };

export type Mail = {
  to: string;
  subject: string;
  text: string;
  html: string;
  attachment?: Attachment;
  paper?: PaperAttachment;
};

/** What a letter says: paragraphs, then the one thing to do, then why it came. */
export type Letter = { subject: string; paragraphs: string[]; action?: { label: string; url: string }; foot: string };

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** Text that a reader of HTML shows as it is written. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? "");
}

/** One line without control characters: nothing in a header can begin another header. */
export function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, " ")
    .trim()
    .slice(0, 300);
}

const plainOf = ({ paragraphs, action, foot }: Letter) =>
  [...paragraphs, ...(action ? [`${action.label}:\n${action.url}`] : []), `-- \n${foot}`].join("\n\n");

function htmlOf({ subject, paragraphs, action, foot }: Letter, locale: Locale): string {
  const align = directionOf(locale) === "rtl" ? "right" : "left";
  const words = paragraphs.map((each) => `<p style="margin:0 0 16px">${escapeHtml(each)}</p>`).join("");
  const button = action
    ? `<p style="margin:24px 0"><a href="${escapeHtml(action.url)}" style="display:inline-block;padding:12px 18px;border-radius:5px;background:#10607f;color:#fff;text-decoration:none;font-weight:600">${escapeHtml(action.label)}</a></p><p dir="ltr" style="margin:0 0 16px;font-size:12px;color:#5b6470;word-break:break-all">${escapeHtml(action.url)}</p>`
    : "";
  return `<!doctype html><html lang="${locale}" dir="${directionOf(locale)}"><head><meta charset="utf-8"><title>${escapeHtml(subject)}</title></head><body style="margin:0;padding:24px;background:#f7f4ee;color:#1c2530"><div style="max-width:520px;margin:0 auto;padding:28px;background:#fefdfb;border-radius:9px;font:16px/1.5 Georgia,serif;text-align:${align}">${words}${button}<p style="margin:24px 0 0;padding-top:12px;border-top:1px solid #ded9cf;font:12px/1.5 Helvetica,Arial,sans-serif;color:#5b6470">${escapeHtml(foot)}</p></div></body></html>`;
}

/** Sets a letter as plain text and as HTML, in the direction of its language. */
export function setLetter(to: string, letter: Letter, locale: string): Mail {
  return {
    to,
    subject: oneLine(letter.subject),
    text: plainOf(letter),
    html: htmlOf(letter, localeOf(locale, null)),
  };
}

/** The words of a kind of letter in the language of its reader: the keys under it in the namespace `mails`. */
export function lettersIn(locale: string) {
  const known = localeOf(locale, null);
  const translate = createTranslator({ locale: known, messages: messagesOf(known), namespace: "mails" });
  return (key: string, values?: Record<string, string>) => translate(key as never, values as never) as string;
}
