"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Textarea } from "@/components/ui/textarea";
import { newId } from "@/lib/identifiers";
import { askQuestionAction } from "@/lib/links/actions";

type State = "writing" | "sending" | "sent" | "limited" | "failed";

/** Ask anything: her words reach the OSC once, however often they are sent; what did not arrive stays in the field. */
export function AskForm({ token, osc, initialText }: { token: string; osc: string; initialText: string }) {
  const t = useTranslations("contact");
  const [text, setText] = useState(initialText);
  const [state, setState] = useState<State>("writing");
  const id = useRef(newId());

  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (!text.trim() || state === "sending") return;
    setState("sending");
    const result = await askQuestionAction(token, { id: id.current, text }).catch(() => null);
    if (!result?.ok) return setState(result?.error.code === "limited" ? "limited" : "failed");
    id.current = newId();
    setText("");
    setState("sent");
  };

  return (
    <form onSubmit={send} className="grid gap-2.5">
      <div className="grid gap-1.5">
        <label htmlFor="question" className="text-14 text-ink-2">
          {t("ask", { osc })}
        </label>
        <Textarea
          id="question"
          required
          maxLength={2000}
          rows={3}
          placeholder={t("ask_hint")}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            if (state !== "sending") setState("writing");
          }}
          className="min-h-19 rounded-lg px-3.25 py-2.5 text-16"
        />
      </div>
      <Button type="submit" kind="primary" isBusy={state === "sending"} className="h-12 rounded-lg text-16">
        {t("send", { osc })}
      </Button>
      <p role="status" className="min-h-5 text-14 text-ink-2">
        {state === "sent" ? t("sent", { osc }) : null}
        {state === "limited" ? t("too_many", { osc }) : null}
        {state === "failed" ? t("failed") : null}
      </p>
    </form>
  );
}
