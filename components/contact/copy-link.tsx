"use client";

import { Link2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { useErrorWords } from "@/components/ui/error-words";
import { Input } from "@/components/ui/input";
import { say } from "@/components/ui/toast";
import { customerLinkAction } from "@/lib/links/actions";

/** Puts the address of the customer's page on the clipboard; where that is not allowed it is shown to be copied by hand. */
export function CopyLink({ workspace, customerId }: { workspace: string; customerId: string }) {
  const t = useTranslations("contact");
  const words = useErrorWords();
  const [isBusy, setBusy] = useState(false);
  const [address, setAddress] = useState<string | null>(null);

  const copy = async () => {
    setBusy(true);
    const result = await customerLinkAction(workspace, { customerId }).catch(() => null);
    setBusy(false);
    if (!result?.ok) {
      void say(words(result?.error ?? { code: "unavailable", reason: "unavailable" }), { isError: true });
      return;
    }
    try {
      await navigator.clipboard.writeText(result.data.address);
      void say(t("copied"));
    } catch {
      setAddress(result.data.address);
    }
  };

  return (
    <>
      <Button isBusy={isBusy} onClick={copy}>
        <Link2 aria-hidden className="size-4" strokeWidth={1.5} />
        {t("copy_link")}
      </Button>
      {address ? (
        <Dialog isOpen onClose={() => setAddress(null)} title={t("link")}>
          <Input readOnly dir="ltr" aria-label={t("link")} value={address} onFocus={(event) => event.target.select()} />
        </Dialog>
      ) : null}
    </>
  );
}
