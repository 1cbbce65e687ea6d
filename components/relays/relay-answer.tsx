"use client";

import { useTranslations } from "next-intl";
import { type Ref, useState } from "react";
import { Button } from "@/components/ui/button";
import { Textarea } from "@/components/ui/textarea";
import { say } from "@/components/ui/toast";
import { useWrite } from "@/components/ui/use-write";
import { acknowledgeRelayAction, answerRelayAction, declineRelayAction } from "@/lib/relays/actions";

type Props = {
  workspace: string;
  relay: { id: string; state: string; version: number };
  /** Where the keyboard lands when somebody wants to answer. */
  field?: Ref<HTMLTextAreaElement>;
  onDone: () => void;
};

/** Answers a question where it stands, says that somebody is on it, or sends it back with the reason. */
export function RelayAnswer({ workspace, relay, field, onDone }: Props) {
  const t = useTranslations("inbox");
  const { isBusy, error, run } = useWrite();
  const [text, setText] = useState("");
  const [isDeclining, setDeclining] = useState(false);
  const { id, version, state } = relay;

  const act = async (action: Parameters<typeof run>[0], words: string) => {
    if (!(await run(action))) return;
    void say(words);
    onDone();
  };
  const send = () =>
    isDeclining
      ? act(() => declineRelayAction(workspace, { id, version, reason: text }), t("declined"))
      : act(() => answerRelayAction(workspace, { id, version, answer: text }), t("answered"));

  return (
    <form
      action={send}
      className="grid gap-2"
      onKeyDown={(event) => {
        if (event.key === "Enter" && (event.metaKey || event.ctrlKey) && text.trim()) void send();
      }}
    >
      <Textarea
        ref={field}
        required
        aria-label={t(isDeclining ? "why" : "your_answer")}
        placeholder={t(isDeclining ? "why" : "your_answer")}
        maxLength={isDeclining ? 1000 : 4000}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <div className="flex flex-wrap items-center gap-2">
        <Button type="submit" kind="primary" isBusy={isBusy} shortcut="⌘↵">
          {t(isDeclining ? "send_back" : "send")}
        </Button>
        {state === "sent" ? (
          <Button
            isBusy={isBusy}
            onClick={() => act(() => acknowledgeRelayAction(workspace, { id, version }), t("was_acked"))}
          >
            {t("ack")}
          </Button>
        ) : null}
        <Button kind="text" aria-pressed={isDeclining} onClick={() => setDeclining(!isDeclining)}>
          {t(isDeclining ? "answer" : "decline")}
        </Button>
      </div>
      {error ? (
        <p role="alert" className="text-12 text-bad">
          {error}
        </p>
      ) : null}
    </form>
  );
}
