"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { introduceHandoffAction } from "@/lib/handoffs/actions";
import type { Part } from "./part";

const ways = ["video", "phone", "onsite", "email"] as const;

/** The three have met: how, and what was said. */
export function IntroduceForm({ workspace, handoff: { id, version }, isBusy, act }: Part) {
  const t = useTranslations("handoffs");
  const [medium, setMedium] = useState<(typeof ways)[number]>("video");
  const [summary, setSummary] = useState("");
  return (
    <>
      <Field label={t("introduce_how")}>
        {(control) => (
          <Select
            {...control}
            value={medium}
            options={ways.map((value) => ({ value, label: t(`way.${value}`) }))}
            onChange={(event) => setMedium(event.target.value as (typeof ways)[number])}
          />
        )}
      </Field>
      <div className="min-w-56 flex-1">
        <Field label={t("introduce_words")} hint={t("introduce_hint")}>
          {(control) => (
            <Input {...control} maxLength={2000} value={summary} onChange={(event) => setSummary(event.target.value)} />
          )}
        </Field>
      </div>
      <Button
        kind="primary"
        isBusy={isBusy}
        onClick={() => void act(() => introduceHandoffAction(workspace, { id, version, medium, summary }))}
      >
        {t("introduce")}
      </Button>
    </>
  );
}
