"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Problem } from "@/components/ui/problem";
import { say } from "@/components/ui/toast";
import { useSubmit } from "@/components/ui/use-submit";
import { inviteMemberAction } from "@/lib/members/actions";
import { type Choices, MemberFields } from "./member-fields";
import { languagesIn, rolesIn, textIn, useMemberErrors } from "./words";

type Props = {
  workspace: string;
  choices: Choices;
  onClose: () => void;
  /** A member without an e-mail who is to come in. */
  member?: {
    id: string;
    name: string;
    roles: string[];
    spokeId: string | null;
    teamId: string | null;
    languages: string[];
  };
};

/** Invites somebody by e-mail. */
export function InviteForm({ workspace, choices, onClose, member }: Props) {
  const t = useTranslations("members");
  const common = useTranslations("common");
  const words = useMemberErrors();
  const router = useRouter();
  const { formProps, isBusy, error } = useSubmit(
    async (form) => {
      const email = textIn(form, "email") ?? "";
      const result = await inviteMemberAction(workspace, {
        email,
        name: textIn(form, "name") ?? "",
        roles: rolesIn(form),
        spokeId: textIn(form, "spokeId"),
        teamId: textIn(form, "teamId"),
        languages: languagesIn(form),
        ...(member ? { memberId: member.id } : {}),
      });
      return result.ok ? { ok: true as const, data: email } : result;
    },
    (email) => {
      void say(t("invited", { email }));
      onClose();
      router.refresh();
    },
  );
  const fields = error?.fields ?? {};
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t("invite")}
      description={t("invite_hint")}
      footer={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button kind="primary" type="submit" form="invite" isBusy={isBusy}>
            {t("invite_do")}
          </Button>
        </>
      }
    >
      <form id="invite" {...formProps} className="grid gap-4">
        <Field label={t("email")} error={fields.email ? t("errors.email") : undefined} isRequired>
          {(control) => <Input {...control} name="email" type="email" autoComplete="off" required dir="ltr" />}
        </Field>
        <Field label={t("name")} error={fields.name ? common("required") : undefined} isRequired>
          {(control) => <Input {...control} name="name" defaultValue={member?.name} autoComplete="off" required />}
        </Field>
        <MemberFields
          choices={choices}
          {...(member ? { held: member } : {})}
          {...(fields.roles ? { error: t("errors.roles") } : {})}
        />
        <Problem text={error && Object.keys(fields).length === 0 ? words(error) : null} />
      </form>
    </Dialog>
  );
}
