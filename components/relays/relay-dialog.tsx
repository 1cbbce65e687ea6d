"use client";

import { useLocale, useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { useErrorWords } from "@/components/ui/error-words";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { say } from "@/components/ui/toast";
import { newId } from "@/lib/identifiers";
import { sendRelayAction } from "@/lib/relays/actions";

type SpokeOption = { id: string; name: string; nameHe: string; position: number };
type Props = {
  workspace: string;
  customerId: string;
  journeyId: string;
  spokes: readonly SpokeOption[];
  spokeId: string;
  /** Whoever may ask only the hub gets only the hub to choose. */
  isHubOnly?: boolean;
  onClose: () => void;
  onSent: () => void;
};

/** Asks a department: whom, what. The clock starts with sending. */
export function RelayDialog({
  workspace,
  customerId,
  journeyId,
  spokes,
  spokeId,
  isHubOnly = false,
  onClose,
  onSent,
}: Props) {
  const t = useTranslations("relays");
  const locale = useLocale();
  const words = useErrorWords();
  const choices = spokes.filter(({ position }) => (isHubOnly ? position === 0 : true));
  const [to, setTo] = useState(
    () =>
      (choices.find(({ id }) => id === spokeId) ?? choices.find(({ position }) => position > 0) ?? choices[0])?.id ??
      "",
  );
  const [question, setQuestion] = useState("");
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const id = useRef(newId());

  const send = async () => {
    setBusy(true);
    const result = await sendRelayAction(workspace, {
      id: id.current,
      customerId,
      journeyId,
      toSpokeId: to,
      question,
    }).catch(() => null);
    setBusy(false);
    if (!result?.ok && result?.error.reason !== "duplicate") {
      setError(words(result ? result.error : { code: "unavailable", reason: "unavailable" }));
      return;
    }
    void say(t("sent"));
    onSent();
    onClose();
  };

  return (
    <Dialog isOpen onClose={onClose} title={t("ask")} description={t("hint")}>
      <form
        action={send}
        className="grid gap-3"
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) void send();
        }}
      >
        <Field label={t("to")}>
          {(control) => (
            <Select
              {...control}
              value={to}
              onChange={(event) => setTo(event.target.value)}
              options={choices.map((spoke) => ({
                value: spoke.id,
                label: locale === "he" && spoke.nameHe ? spoke.nameHe : spoke.name,
              }))}
            />
          )}
        </Field>
        <Field label={t("question")}>
          {(control) => (
            <Textarea
              {...control}
              autoFocus
              required
              value={question}
              onChange={(event) => setQuestion(event.target.value)}
            />
          )}
        </Field>
        {error ? (
          <p role="alert" className="text-12 text-bad">
            {error}
          </p>
        ) : null}
        <div className="flex justify-end">
          <Button kind="primary" type="submit" isBusy={isBusy} shortcut="⌘↵">
            {t("send")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
