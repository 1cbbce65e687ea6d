"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Problem } from "@/components/ui/problem";
import { Select } from "@/components/ui/select";
import { say } from "@/components/ui/toast";
import { useSubmit } from "@/components/ui/use-submit";
import { changeMemberAction } from "@/lib/members/actions";
import type { MemberView } from "@/lib/members/schema";
import { type Choices, MemberFields } from "./member-fields";
import { languagesIn, rolesIn, textIn, useMemberErrors } from "./words";

type Props = { workspace: string; member: MemberView; choices: Choices; onClose: () => void };

/** The end of the local day that a date field names, as an instant. */
const endOfDay = (day: string | null) => (day ? new Date(`${day}T23:59:59`).toISOString() : null);

/** Everything about a member that an administrator may change. */
export function MemberDialog({ workspace, member, choices, onClose }: Props) {
  const t = useTranslations("members");
  const common = useTranslations("common");
  const words = useMemberErrors();
  const router = useRouter();
  const { formProps, isBusy, error } = useSubmit(
    (form) =>
      changeMemberAction(workspace, {
        memberId: member.id,
        version: member.version,
        name: textIn(form, "name") ?? "",
        phone: textIn(form, "phone"),
        roles: rolesIn(form),
        spokeId: textIn(form, "spokeId"),
        teamId: textIn(form, "teamId"),
        calendarId: textIn(form, "calendarId"),
        languages: languagesIn(form),
        timeZone: textIn(form, "timeZone"),
        capacity: Number(form.get("capacity")),
        mayUpsell: form.get("mayUpsell") !== null,
        awayUntil: endOfDay(textIn(form, "awayUntil")),
      }),
    () => {
      void say(common("saved"));
      onClose();
      router.refresh();
    },
  );
  const fields = error?.fields ?? {};
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t("edit", { name: member.name })}
      {...(member.email ? { description: member.email } : {})}
      footer={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button kind="primary" type="submit" form="member" isBusy={isBusy}>
            {t("save")}
          </Button>
        </>
      }
    >
      <form id="member" {...formProps} className="grid gap-4">
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={t("name")} error={fields.name ? common("required") : undefined} isRequired>
            {(control) => <Input {...control} name="name" defaultValue={member.name} required />}
          </Field>
          <Field label={t("phone")}>
            {(control) => <Input {...control} name="phone" type="tel" defaultValue={member.phone ?? ""} dir="ltr" />}
          </Field>
        </div>
        <MemberFields choices={choices} held={member} {...(fields.roles ? { error: t("errors.roles") } : {})} />
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={t("calendar")}>
            {(control) => (
              <Select
                {...control}
                name="calendarId"
                defaultValue={member.calendarId ?? ""}
                placeholder={t("own_calendar")}
                options={choices.calendars.map(({ id, name }) => ({ value: id, label: name }))}
              />
            )}
          </Field>
          <Field
            label={t("time_zone")}
            hint={t("time_zone_hint")}
            error={fields.timeZone ? t("errors.time_zone") : undefined}
          >
            {(control) => <Input {...control} name="timeZone" defaultValue={member.timeZone ?? ""} dir="ltr" />}
          </Field>
          <Field label={t("capacity")} hint={t("capacity_hint")}>
            {(control) => (
              <Input
                {...control}
                name="capacity"
                type="number"
                min={0}
                max={10000}
                defaultValue={member.capacity}
                required
              />
            )}
          </Field>
          <Field label={t("away")} hint={t("away_hint")}>
            {(control) => (
              <Input {...control} name="awayUntil" type="date" defaultValue={member.awayUntil?.slice(0, 10) ?? ""} />
            )}
          </Field>
        </div>
        <Checkbox name="mayUpsell" label={t("may_upsell")} defaultChecked={member.mayUpsell} />
        <Problem text={error && Object.keys(fields).length === 0 ? words(error) : null} />
      </form>
    </Dialog>
  );
}
