"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { LinkButton } from "@/components/ui/link-button";
import type { AuditSearch } from "@/lib/audit/schema";
import { paths } from "@/lib/paths";

type Props = { workspace: string; search: AuditSearch };

const parts = ["action", "subject", "actor"] as const;

/** What to look for; it stands in the address, so that a search can be sent to a colleague. */
export function AuditFilter({ workspace, search }: Props) {
  const t = useTranslations("audit");
  return (
    <search aria-label={t("filter")}>
      <form method="get" action={paths.audit(workspace)} className="grid gap-4">
        <div className="grid gap-4 md:grid-cols-3">
          {parts.map((part) => (
            <Field key={part} label={t(part)} hint={t(`${part}_hint`)}>
              {(control) => (
                <Input name={part} defaultValue={search[part]} autoComplete="off" dir="auto" {...control} />
              )}
            </Field>
          ))}
        </div>
        <div className="flex gap-2">
          <Button type="submit" kind="primary">
            {t("search")}
          </Button>
          <LinkButton href={paths.audit(workspace)}>{t("clear")}</LinkButton>
        </div>
      </form>
    </search>
  );
}
