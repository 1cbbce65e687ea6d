"use client";

import { type LucideIcon, Mail, MapPin, MessageCircle, MessageSquare, NotebookPen, Phone } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, type KeyboardEvent, useRef, useState, useSyncExternalStore } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { cn } from "@/components/ui/cn";
import { useErrorWords } from "@/components/ui/error-words";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { newId } from "@/lib/identifiers";
import type { LogInteractionInput } from "@/lib/interactions/schema";
import { type InteractionType, interactionTypes } from "@/lib/journeys/vocabulary";
import { paths } from "@/lib/paths";
import { sendJson } from "@/lib/request";
import { type Draft, emptyDraft, keepDraft, readDraft } from "./draft";
import { MomentTicks } from "./moment-ticks";

const media = ["phone", "email", "sms", "onsite", "chat", "note"] as const;

const signs: Record<(typeof media)[number], LucideIcon> = {
  phone: Phone,
  email: Mail,
  sms: MessageSquare,
  onsite: MapPin,
  chat: MessageCircle,
  note: NotebookPen,
};

export type ComposerSubject = {
  customerId: string;
  journeyId: string;
  /** What is expected next now; logging may complete it. */
  nextName: string | null;
  /** What that is about; a contact that completes it is of the same type. */
  nextType?: string | null;
  persons: readonly { id: string; name: string }[];
};

type Props = { workspace: string; subject: ComposerSubject; autoFocus?: boolean; onLogged: (summary: string) => void };

/** What the form means as a command: a call held is two-way, a note is internal, the next step is a rule of time. */
function inputOf(draft: Draft, subject: ComposerSubject, id: string): LogInteractionInput {
  const isNote = draft.medium === "note";
  const next = draft.nextName.trim()
    ? {
        name: draft.nextName.trim(),
        ...(draft.when === "at" && draft.at ? { dueAt: new Date(draft.at).toISOString() } : ruleOf(draft.when)),
      }
    : draft.completes
      ? ("none" as const)
      : undefined;
  return {
    id,
    customerId: subject.customerId,
    journeyId: subject.journeyId,
    medium: draft.medium,
    direction: isNote ? "internal" : draft.direction,
    isTwoWay: !isNote && draft.isTwoWay,
    personId: draft.personId || null,
    summary: draft.summary,
    felt: draft.felt === "" ? null : draft.felt,
    hadToRepeat: draft.hadToRepeat,
    type: typeOf(draft, subject),
    observations: observationsOf(draft),
    completesNext: draft.completes && subject.nextName !== null,
    ...(next === undefined ? {} : { next }),
  };
}

/** What the contact is about: as chosen, else as what it completes, else a follow-up. */
function typeOf(draft: Draft, subject: ComposerSubject): InteractionType {
  const expected = draft.completes ? subject.nextType : null;
  return draft.type || interactionTypes.find((type) => type === expected) || "follow-up";
}

const observationsOf = ({ moments }: Draft) =>
  Object.entries(moments).map(([momentId, state]) => ({ momentId, state }));

function ruleOf(when: Draft["when"]) {
  const rules = { day: 1, two_days: 2, week: 5, two_weeks: 10 } as const;
  return when in rules ? { due: { unit: "business_days" as const, amount: rules[when as keyof typeof rules] } } : {};
}

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

function MediumTabs({ value, onChange }: { value: string; onChange: (medium: (typeof media)[number]) => void }) {
  const t = useTranslations("common");
  const label = useTranslations("interactions");
  return (
    <fieldset className="flex flex-wrap justify-between gap-x-2.5 border-hairline border-b">
      <legend className="sr-only">{label("medium")}</legend>
      {media.map((medium) => {
        const Sign = signs[medium];
        return (
          <label
            key={medium}
            className={cn(
              "-mb-px flex min-h-8 cursor-pointer items-center gap-1.25 border-b-2 text-12 has-focus-visible:outline-2 has-focus-visible:outline-accent max-md:min-h-11",
              value === medium ? "border-ink-1 font-550 text-ink-1" : "border-transparent text-ink-3 hover:text-ink-1",
            )}
          >
            <input
              type="radio"
              name="medium"
              className="sr-only"
              checked={value === medium}
              onChange={() => onChange(medium)}
            />
            <Sign aria-hidden className="size-3.5 flex-none" strokeWidth={1.5} />
            {t(`media.${medium}`)}
          </label>
        );
      })}
    </fieldset>
  );
}

type PartProps = { draft: Draft; change: (part: Partial<Draft>) => void; subject: ComposerSubject };

function Direction({ draft, change, subject }: PartProps) {
  const t = useTranslations("interactions");
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <Select
        isWord
        aria-label={t("direction")}
        value={draft.direction}
        onChange={(event) => change({ direction: event.target.value as Draft["direction"] })}
        options={[
          { value: "outbound", label: t("outbound") },
          { value: "inbound", label: t("inbound") },
        ]}
      />
      {subject.persons.length > 1 ? (
        <Select
          isWord
          aria-label={t("person")}
          value={draft.personId}
          placeholder={t("person")}
          onChange={(event) => change({ personId: event.target.value })}
          options={subject.persons.map(({ id, name }) => ({ value: id, label: name }))}
        />
      ) : null}
      <Checkbox
        label={t("two_way")}
        checked={draft.isTwoWay}
        onChange={(event) => change({ isTwoWay: event.target.checked })}
      />
      <Checkbox
        label={t("had_to_repeat")}
        checked={draft.hadToRepeat}
        onChange={(event) => change({ hadToRepeat: event.target.checked })}
      />
    </div>
  );
}

function NextStep({ draft, change, subject }: PartProps) {
  const t = useTranslations("interactions");
  return (
    <div className="grid gap-1 border-hairline border-t pt-2">
      {subject.nextName ? (
        <Checkbox
          label={t("this_was", { name: subject.nextName })}
          checked={draft.completes}
          onChange={(event) => change({ completes: event.target.checked })}
        />
      ) : null}
      <div className="flex flex-wrap items-center gap-2">
        <span className="text-12 text-ink-3">{t("next")}</span>
        <Input
          aria-label={t("next_name")}
          placeholder={t("next_placeholder")}
          className="word min-w-32 flex-1 px-0"
          value={draft.nextName}
          onChange={(event) => change({ nextName: event.target.value })}
        />
        <Select
          isWord
          aria-label={t("by")}
          value={draft.when}
          onChange={(event) => change({ when: event.target.value as Draft["when"] })}
          options={(["day", "two_days", "week", "two_weeks", "at", "none"] as const).map((value) => ({
            value,
            label: t(`when.${value}`),
          }))}
        />
        {draft.when === "at" ? (
          <Input
            type="datetime-local"
            aria-label={t("when.at")}
            className="word w-auto px-0"
            value={draft.at}
            onChange={(event) => change({ at: event.target.value })}
          />
        ) : null}
      </div>
    </div>
  );
}
