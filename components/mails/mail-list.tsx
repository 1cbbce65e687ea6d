import { useTranslations } from "next-intl";
import { DateTime } from "@/components/ui/date-time";
import type { MailView } from "@/lib/email/outbox";

/** A paragraph of a letter; the address at its end can be followed. */
function Paragraph({ text }: { text: string }) {
  const [, words = text, address] = /^([\s\S]*?)(https?:\/\/\S+)$/.exec(text) ?? [];
  return (
    <p className="whitespace-pre-line pb-3">
      <bdi>{words}</bdi>
      {address ? (
        <a href={address} dir="ltr" className="break-all text-accent-text underline">
          {address}
        </a>
      ) : null}
    </p>
  );
}

/** The letters of the outbox, newest first, each opening where it stands. */
export function MailList({ mails }: { mails: readonly MailView[] }) {
  const t = useTranslations("mails");
  return (
    <ul className="px-4 pb-10 md:px-7">
      {mails.map(({ id, to, subject, text, createdAt, sentAt, error }) => (
        <li key={id} className="border-hairline border-b">
          <details>
            <summary className="grid cursor-pointer gap-0.5 py-3 hover:bg-hover">
              <span className="font-550 text-14">
                <bdi>{subject}</bdi>
              </span>
              <span className="text-12 text-ink-3">
                <bdi>{t("to", { email: to })}</bdi>, <DateTime at={createdAt} />,{" "}
                {sentAt ? t("sent") : error ? t("failed", { error }) : t("waiting")}
              </span>
            </summary>
            <div dir="auto" className="max-w-[46em] pb-5 text-14">
              {text.split("\n\n").map((paragraph) => (
                <Paragraph key={paragraph} text={paragraph} />
              ))}
            </div>
          </details>
        </li>
      ))}
    </ul>
  );
}
