"use client";

import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { Select } from "@/components/ui/select";
import { type InteractionType, interactionTypes } from "@/lib/journeys/vocabulary";
import type { MomentView } from "@/lib/moments/schema";
import { paths } from "@/lib/paths";
import { keys } from "@/lib/query-keys";
import { readJson } from "@/lib/request";
import type { MomentState } from "./draft";

type Props = {
  workspace: string;
  type: InteractionType;
  onType: (type: InteractionType) => void;
  states: Record<string, MomentState>;
  onChange: (states: Record<string, MomentState>) => void;
};

const choices = ["done_well", "done", "missed", "not_applicable"] as const satisfies readonly MomentState[];
const halfAnHour = 30 * 60_000;

/** What the contact is about, and of its moments how they are done well and what happened. Leaving them out is allowed. */
export function MomentTicks({ workspace, type, onType, states, onChange }: Props) {
  const t = useTranslations("interactions");
  const isHebrew = useLocale() === "he";
  const { data } = useQuery({
    queryKey: keys.moments.list(workspace),
    queryFn: ({ signal }) => readJson<{ moments: MomentView[] }>(paths.api(workspace, "/moments"), signal),
    staleTime: halfAnHour,
  });
  const moments = (data?.moments ?? []).filter((moment) => moment.interactionType === type);
  const set = (id: string, value: string) => {
    const { [id]: _, ...rest } = states;
    const state = choices.find((each) => each === value);
    onChange(state ? { ...rest, [id]: state } : rest);
  };
  return (
    <div className="grid gap-1 border-hairline border-t pt-2">
      <div>
        <Select
          isWord
          aria-label={t("type")}
          value={type}
          onChange={(event) => onType(interactionTypes.find((each) => each === event.target.value) ?? type)}
          options={interactionTypes.map((value) => ({ value, label: t(`types.${value.replaceAll(/[ /]/g, "_")}`) }))}
        />
      </div>
      {moments.length > 0 ? (
        <ul aria-label={t("moments")} className="grid gap-1">
          {moments.map(({ id, name, nameHe, playbook, playbookHe }) => {
            const shown = (isHebrew && nameHe) || name;
            return (
              <li key={id} className="flex flex-wrap items-baseline gap-x-2 text-12">
                <bdi className="font-550">{shown}</bdi>
                <Select
                  isWord
                  aria-label={shown}
                  value={states[id] ?? ""}
                  placeholder={t("moment_state.unsaid")}
                  onChange={(event) => set(id, event.target.value)}
                  options={choices.map((value) => ({ value, label: t(`moment_state.${value}`) }))}
                />
                <span className="basis-full text-ink-3" dir="auto">
                  {(isHebrew && playbookHe) || playbook}
                </span>
              </li>
            );
          })}
        </ul>
      ) : null}
    </div>
  );
}
