"use client";

import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { SectionHead } from "@/components/ui/section-head";
import { Select } from "@/components/ui/select";
import { say } from "@/components/ui/toast";
import { useWrite } from "@/components/ui/use-write";
import { observeMomentsAction } from "@/lib/evaluations/actions";
import type { ObservationInput } from "@/lib/evaluations/schema";
import { type MomentView, observationStates } from "@/lib/moments/schema";

type Props = { workspace: string; interactionId: string; moments: readonly MomentView[] };
type Seen = Record<string, ObservationInput>;

/** What a judge saw of the moments of a contact, each with what shows it. */
export function SeenForm({ workspace, interactionId, moments }: Props) {
  const t = useTranslations("scorecards");
  const interactions = useTranslations("interactions");
  const isHebrew = useLocale() === "he";
  const router = useRouter();
  const { isBusy, error, run } = useWrite();
  const [seen, setSeen] = useState<Seen>({});

  const choose = (momentId: string, value: string) =>
    setSeen(({ [momentId]: before, ...rest }) => {
      const state = observationStates.find((each) => each === value);
      return state ? { ...rest, [momentId]: { momentId, state, evidence: before?.evidence ?? "" } } : rest;
    });

  async function keep(event: FormEvent) {
    event.preventDefault();
    const observations = Object.values(seen);
    if (!(await run(() => observeMomentsAction(workspace, { id: interactionId, observations })))) return;
    setSeen({});
    void say(t("seen_kept"));
    router.refresh();
  }

  return (
    <form onSubmit={keep} aria-busy={isBusy} className="px-4 md:px-7">
      <SectionHead title={t("moments")} note={t("moments_note")} />
      <ul>
        {moments.map(({ id, name, nameHe }) => {
          const shown = (isHebrew && nameHe) || name;
          const choice = seen[id];
          return (
            <li
              key={id}
              className="flex min-h-11 flex-wrap items-center gap-x-4 gap-y-1 border-hairline border-t py-1.5"
            >
              <bdi className="min-w-0 flex-1 basis-60 font-550 text-13">{shown}</bdi>
              {choice ? (
                <Input
                  aria-label={t("evidence_of", { name: shown })}
                  placeholder={t("evidence")}
                  dir="auto"
                  className="min-w-48 flex-1"
                  maxLength={1000}
                  value={choice.evidence}
                  onChange={(event) => setSeen({ ...seen, [id]: { ...choice, evidence: event.target.value } })}
                />
              ) : null}
              <Select
                aria-label={shown}
                className="w-40"
                value={choice?.state ?? ""}
                placeholder={interactions("moment_state.unsaid")}
                onChange={(event) => choose(id, event.target.value)}
                options={observationStates.map((value) => ({ value, label: interactions(`moment_state.${value}`) }))}
              />
            </li>
          );
        })}
      </ul>
      {error ? (
        <p role="alert" className="pt-2 text-12 text-bad">
          {error}
        </p>
      ) : null}
      <div className="pt-3">
        <Button type="submit" isBusy={isBusy} disabled={Object.keys(seen).length === 0}>
          {t("keep_seen")}
        </Button>
      </div>
    </form>
  );
}
