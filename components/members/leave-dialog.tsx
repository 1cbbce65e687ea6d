"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Problem } from "@/components/ui/problem";
import { Select } from "@/components/ui/select";
import { say } from "@/components/ui/toast";
import { useSubmit } from "@/components/ui/use-submit";
import { deactivateMemberAction } from "@/lib/members/actions";
import type { MemberView } from "@/lib/members/schema";
import type { Place } from "./member-fields";
import { textIn, useMemberErrors } from "./words";

type Props = { workspace: string; member: MemberView; successors: readonly Place[]; onClose: () => void };

/** Ends a membership after one question: who takes over. */
export function LeaveDialog({ workspace, member, successors, onClose }: Props) {
  const t = useTranslations("members");
  const common = useTranslations("common");
  const words = useMemberErrors();
  const router = useRouter();
  const { id: memberId, name, version } = member;
  const { formProps, isBusy, error } = useSubmit(
    (form) => {
      const successorId = textIn(form, "successorId");
      return deactivateMemberAction(workspace, { memberId, version, ...(successorId ? { successorId } : {}) });
    },
    () => {
      void say(t("deactivated", { name }));
      onClose();
      router.refresh();
    },
  );
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t("deactivate_title", { name })}
      footer={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button kind="danger" type="submit" form="leave" isBusy={isBusy}>
            {t("deactivate")}
          </Button>
        </>
      }
    >
      <form id="leave" {...formProps} className="grid gap-4">
        <p className="text-14 text-ink-2">{t("deactivate_text")}</p>
        <Field label={t("successor")}>
          {(control) => (
            <Select
              {...control}
              name="successorId"
              {...(member.isCoverageLead ? {} : { placeholder: t("successor_lead") })}
              options={successors.map(({ id, name: label }) => ({ value: id, label }))}
            />
          )}
        </Field>
        <Problem text={error ? words(error) : null} />
      </form>
    </Dialog>
  );
}
