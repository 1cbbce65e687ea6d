"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { useErrorWords } from "@/components/ui/error-words";
import { offerLinkAction } from "@/lib/offers/actions";
import { paths } from "@/lib/paths";

type Props = { workspace: string; id: string; mayLink: boolean };

/** How the offer reaches the customer: the address of its page, and the same as a PDF. */
export function OfferShare({ workspace, id, mayLink }: Props) {
  const t = useTranslations("proposals");
  const words = useErrorWords();
  const [isBusy, setBusy] = useState(false);
  const [said, setSaid] = useState<{ address: string } | { failure: string } | null>(null);
  const ask = async () => {
    setBusy(true);
    const result = await offerLinkAction(workspace, { id }).catch(() => null);
    setBusy(false);
    if (result?.ok) return setSaid(result.data);
    setSaid({ failure: words(result?.error ?? { code: "unavailable", reason: "unavailable" }) });
  };
  return (
    <section aria-label={t("share")} className="grid gap-2 text-13">
      <h2 className="font-550">{t("share")}</h2>
      <p className="flex flex-wrap items-center gap-3">
        {mayLink ? (
          <Button isBusy={isBusy} onClick={() => void ask()}>
            {t("share_link")}
          </Button>
        ) : null}
        <a href={paths.api(workspace, `/proposals/${id}/pdf`)} download className="underline underline-offset-2">
          {t("share_pdf")}
        </a>
      </p>
      <p aria-live="polite" className="min-w-0">
        {said === null ? null : "address" in said ? (
          <a
            href={said.address}
            target="_blank"
            rel="noreferrer"
            dir="ltr"
            className="break-all underline underline-offset-2"
          >
            {said.address}
          </a>
        ) : (
          <span className="text-bad">{said.failure}</span>
        )}
      </p>
    </section>
  );
}
