"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, type KeyboardEvent, useRef, useState, useSyncExternalStore } from "react";
import { Button } from "@/components/ui/button";
import { useErrorWords } from "@/components/ui/error-words";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { newId } from "@/lib/identifiers";
import { paths } from "@/lib/paths";
import { sendJson } from "@/lib/request";
import { Direction, MediumTabs, NextStep } from "./composer-parts";
import { type Draft, emptyDraft, keepDraft, readDraft } from "./draft";
import { type ComposerSubject, inputOf, typeOf } from "./draft-input";
import { MomentTicks } from "./moment-ticks";

type Props = { workspace: string; subject: ComposerSubject; autoFocus?: boolean; onLogged: (summary: string) => void };

const never = () => () => {};

/** Logs a contact in one go: medium, words, what comes next by when, how it felt. Drafts survive; ⌘↵ logs. */
export function Composer(props: Props) {
  // Only the browser knows the draft: the page arrives with an empty form and draws it anew with what was kept.
  const isInBrowser = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  const place = `${props.workspace}:${props.subject.customerId}`;
  const kept = isInBrowser ? readDraft(place) : null;
  return <ComposerForm key={`${place}:${isInBrowser}`} {...props} place={place} kept={kept} />;
}

function ComposerForm({
  workspace,
  subject,
  autoFocus,
  onLogged,
  place,
  kept,
}: Props & { place: string; kept: Draft | null }) {
  const t = useTranslations("interactions");
  const words = useErrorWords();
  const [draft, setDraft] = useState<Draft>(kept ?? emptyDraft);
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const requestId = useRef(newId());

  const change = (part: Partial<Draft>) => {
    const next = { ...draft, ...part };
    setDraft(next);
    keepDraft(place, next);
  };

  const submit = async (event?: FormEvent) => {
    event?.preventDefault();
    if (isBusy) return;
    setBusy(true);
    const input = inputOf(draft, subject, requestId.current);
    const result = await sendJson(paths.api(workspace, "/interactions"), input).catch(() => null);
    setBusy(false);
    const isLogged = result?.ok || (result && !result.ok && result.error.reason === "duplicate");
    if (!isLogged) {
      setError(words(result && !result.ok ? result.error : { code: "unavailable", reason: "unavailable" }));
      return;
    }
    requestId.current = newId();
    keepDraft(place, null);
    setDraft(emptyDraft);
    setError(null);
    onLogged(draft.summary);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) void submit();
  };

  return (
    <form onSubmit={submit} onKeyDown={onKeyDown} className="grid gap-2" aria-label={t("title")} aria-busy={isBusy}>
      <MediumTabs
        value={draft.medium}
        onChange={(medium) =>
          change({ medium, isTwoWay: medium === "phone" || medium === "onsite" ? draft.isTwoWay : false })
        }
      />
      <Textarea
        aria-label={t("what_happened")}
        placeholder={t("what_happened")}
        autoFocus={autoFocus}
        className="min-h-20 resize-none! border-transparent bg-transparent px-0 text-14"
        value={draft.summary}
        onChange={(event) => change({ summary: event.target.value })}
      />
      {draft.medium === "note" ? null : <Direction draft={draft} change={change} subject={subject} />}
      <NextStep draft={draft} change={change} subject={subject} />
      {draft.medium === "note" ? null : (
        <MomentTicks
          workspace={workspace}
          type={typeOf(draft, subject)}
          onType={(type) => change({ type, moments: {} })}
          states={draft.moments}
          onChange={(moments) => change({ moments })}
        />
      )}
      {error ? (
        <p role="alert" className="text-12 text-bad">
          {error}
        </p>
      ) : null}
      <div className="flex items-center justify-between gap-2">
        <span className="flex items-center gap-2 text-12 text-ink-3">
          {t("felt")}
          <Select
            isWord
            aria-label={t("felt")}
            value={draft.felt}
            onChange={(event) => change({ felt: event.target.value as Draft["felt"] })}
            options={[
              { value: "", label: t("felt_unsaid") },
              { value: "better", label: t("felt_better") },
              { value: "as_expected", label: t("felt_as_expected") },
              { value: "worse", label: t("felt_worse") },
            ]}
          />
        </span>
        <Button kind="primary" type="submit" isBusy={isBusy} shortcut="⌘↵">
          {t("log")}
        </Button>
      </div>
    </form>
  );
}
