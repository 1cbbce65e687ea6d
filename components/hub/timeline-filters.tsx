"use client";

import { useLocale, useTranslations } from "next-intl";
import { Select } from "@/components/ui/select";
import type { Hub } from "@/lib/hub/schema";
import type { TimelineFilter } from "./timeline";
import { spokeName } from "./to-wheel-view";

type Props = { hub: Hub; filter: TimelineFilter; onChange: (filter: TimelineFilter) => void };

const kinds = [
  "all",
  "interactions",
  "stages",
  "relays",
  "promises",
  "off_track",
  "appointments",
  "relationship",
] as const;
const media = ["phone", "email", "sms", "chat", "video", "onsite", "social", "portal", "note"] as const;

/** What of the timeline to show: kind, department, channel, person. */
export function TimelineFilters({ hub, filter, onChange }: Props) {
  const t = useTranslations("hub");
  const common = useTranslations("common");
  const locale = useLocale();
  return (
    <fieldset className="no-print flex flex-wrap gap-x-4 gap-y-1 py-3">
      <legend className="sr-only">{t("filter")}</legend>
      <Select
        aria-label={t("filter_kind")}
        isWord
        value={filter.kind}
        onChange={(event) => onChange({ ...filter, kind: event.target.value })}
        options={kinds.map((value) => ({ value, label: t(`kinds.${value}`) }))}
      />
      <Select
        aria-label={t("filter_spoke")}
        isWord
        value={filter.spokeId}
        placeholder={t("filter_spoke")}
        onChange={(event) => onChange({ ...filter, spokeId: event.target.value })}
        options={hub.spokes.map((spoke) => ({ value: spoke.id, label: spokeName(spoke, locale) }))}
      />
      <Select
        aria-label={t("filter_medium")}
        isWord
        value={filter.medium}
        placeholder={t("filter_medium")}
        onChange={(event) => onChange({ ...filter, medium: event.target.value })}
        options={media.map((value) => ({ value, label: common(`media.${value}`) }))}
      />
      {hub.persons.length > 1 ? (
        <Select
          aria-label={t("filter_person")}
          isWord
          value={filter.personId}
          placeholder={t("filter_person")}
          onChange={(event) => onChange({ ...filter, personId: event.target.value })}
          options={hub.persons.map(({ id, name }) => ({ value: id, label: name }))}
        />
      ) : null}
    </fieldset>
  );
}
