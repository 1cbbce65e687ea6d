import { type LucideIcon, Mail, MapPin, MessageCircle, MessageSquare, NotebookPen, Phone } from "lucide-react";
import { useTranslations } from "next-intl";
import { Checkbox } from "@/components/ui/checkbox";
import { cn } from "@/components/ui/cn";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { Draft } from "./draft";
import type { ComposerSubject } from "./draft-input";

const media = ["phone", "email", "sms", "onsite", "chat", "note"] as const;

const signs: Record<(typeof media)[number], LucideIcon> = {
  phone: Phone,
  email: Mail,
  sms: MessageSquare,
  onsite: MapPin,
  chat: MessageCircle,
  note: NotebookPen,
};

/** Which medium it was. */
export function MediumTabs({ value, onChange }: { value: string; onChange: (medium: (typeof media)[number]) => void }) {
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

/** Who reached whom, with which person, and whether it was a talk. */
export function Direction({ draft, change, subject }: PartProps) {
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

/** Whether it was the expected touchpoint, and what comes next by when. */
export function NextStep({ draft, change, subject }: PartProps) {
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
