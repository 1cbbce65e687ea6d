"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Textarea } from "@/components/ui/textarea";
import { newId } from "@/lib/identifiers";
import { answerOfferAction } from "@/lib/links/actions";

type Failure = "failed" | "limited" | "gone";
type Props = { token: string; proposalId: string; amount: string; osc: string };

const failureOf: Record<string, Failure> = { limited: "limited", conflict: "gone", refused: "gone", not_found: "gone" };

/** Yes or no to an offer, with her name; it reaches us once, however often it is sent, and what failed stays in the fields. */
export function OfferAnswer({ token, proposalId, amount, osc }: Props) {
  const t = useTranslations("contact.offer");
  const router = useRouter();
  const [name, setName] = useState("");
  const [reason, setReason] = useState("");
  const [busy, setBusy] = useState<"accept" | "decline" | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const id = useRef(newId());

  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const { value } = (event.nativeEvent as SubmitEvent).submitter as HTMLButtonElement;
    const answer = value === "decline" ? "decline" : "accept";
    if (busy) return;
    setBusy(answer);
    setFailure(null);
    const result = await answerOfferAction(token, { id: id.current, proposalId, answer, name, reason }).catch(
      () => null,
    );
    setBusy(null);
    if (!result?.ok) setFailure(failureOf[result?.error.code ?? ""] ?? "failed");
    if (result?.ok || result?.error.code === "conflict") router.refresh();
  };

  return (
    <form onSubmit={send} className="grid gap-2.5">
      <div className="grid gap-1.5">
        <label htmlFor="name" className="text-14 text-ink-2">
          {t("name")}
        </label>
        <Input
          id="name"
          required
          minLength={2}
          maxLength={120}
          autoComplete="name"
          placeholder={t("name_hint")}
          value={name}
          onChange={(event) => setName(event.target.value)}
          className="h-12 rounded-lg px-3.25 text-16"
        />
      </div>
      <div className="grid gap-1.5">
        <label htmlFor="reason" className="text-14 text-ink-2">
          {t("reason")}
        </label>
        <Textarea
          id="reason"
          maxLength={2000}
          rows={2}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          className="min-h-15 rounded-lg px-3.25 py-2.5 text-16"
        />
      </div>
      <p className="text-14 text-ink-2">{t("sure", { amount })}</p>
      <Button
        type="submit"
        name="answer"
        value="accept"
        kind="primary"
        isBusy={busy === "accept"}
        className="h-12 rounded-lg text-16"
      >
        {t("accept")}
      </Button>
      <Button
        type="submit"
        name="answer"
        value="decline"
        isBusy={busy === "decline"}
        className="h-12 rounded-lg text-16"
      >
        {t("decline")}
      </Button>
      <p role="status" className="min-h-5 text-14 text-ink-2">
        {failure ? t(failure, { osc }) : null}
      </p>
    </form>
  );
}
