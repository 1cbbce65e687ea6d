"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { useWrite } from "@/components/ui/use-write";
import { interactionTypes } from "@/lib/journeys/vocabulary";
import { paths } from "@/lib/paths";
import { createStandardAction } from "@/lib/standards/actions";
import { standardMedia } from "@/lib/standards/schema";
import { typeKey } from "./words";

/** Begins the standard of a medium, or of a medium and a type of contact. */
export function NewStandard({ workspace }: { workspace: string }) {
  const t = useTranslations("standards");
  const common = useTranslations("common");
  const interactions = useTranslations("interactions");
  const router = useRouter();
  const { isBusy, error, run } = useWrite();
  const [medium, setMedium] = useState<(typeof standardMedia)[number]>("video");
  const [type, setType] = useState("");

  const begin = () =>
    run(async () => {
      const interactionType = interactionTypes.find((each) => each === type) ?? null;
      const result = await createStandardAction(workspace, { medium, interactionType });
      if (result.ok) router.push(paths.standard(workspace, result.data.draftId));
      return result;
    });

  return (
    <div className="flex flex-wrap items-end gap-3 border-hairline border-b px-4 py-3 md:px-7" aria-busy={isBusy}>
      <Field label={t("medium")}>
        {(control) => (
          <Select
            {...control}
            value={medium}
            onChange={(event) => setMedium(standardMedia.find((each) => each === event.target.value) ?? medium)}
            options={standardMedia.map((value) => ({ value, label: common(`media.${value}`) }))}
          />
        )}
      </Field>
      <Field label={t("type")}>
        {(control) => (
          <Select
            {...control}
            value={type}
            placeholder={t("every_type")}
            onChange={(event) => setType(event.target.value)}
            options={interactionTypes.map((value) => ({ value, label: interactions(typeKey(value)) }))}
          />
        )}
      </Field>
      <Button onClick={begin} isBusy={isBusy}>
        {t("new")}
      </Button>
      {error ? (
        <p role="alert" className="text-12 text-bad">
          {error}
        </p>
      ) : null}
    </div>
  );
}
