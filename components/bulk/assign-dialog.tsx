"use client";

import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { assignManyAction } from "@/lib/bulk/actions";
import type { BulkSelection } from "@/lib/bulk/schema";
import { CountDialog } from "./count-dialog";

type Props = {
  workspace: string;
  selection: BulkSelection;
  oscs: readonly { id: string; name: string }[];
  isRequest: boolean;
  onClose: () => void;
  onStarted: () => void;
};

/** Asks who becomes the OSC and why, counts what that would do, and starts it once that was read. */
export function AssignDialog({ workspace, selection, oscs, isRequest, onClose, onStarted }: Props) {
  const t = useTranslations("bulk");
  const common = useTranslations("common");
  return (
    <CountDialog
      workspace={workspace}
      title={isRequest ? t("ask_title") : t("title")}
      text={isRequest ? t("ask_text") : t("text")}
      confirmWords={(count) => (isRequest ? t("confirm_ask", { count }) : t("confirm", { count }))}
      begin={(form) =>
        assignManyAction(workspace, {
          selection,
          memberId: String(form.get("memberId") ?? ""),
          reason: String(form.get("reason") ?? ""),
        })
      }
      renderFields={(errors) => (
        <Field label={t("osc")} error={errors.memberId ? common("required") : undefined} isRequired>
          {(control) => (
            <Select
              {...control}
              name="memberId"
              required
              placeholder={t("choose")}
              options={oscs.map(({ id, name }) => ({ value: id, label: name }))}
            />
          )}
        </Field>
      )}
      onClose={onClose}
      onStarted={onStarted}
    />
  );
}
