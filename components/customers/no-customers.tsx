"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { paths } from "@/lib/paths";

type Props = { workspace: string; isFiltered: boolean; mayCreate: boolean; onClear: () => void };

/** What stands where nobody does: the way out of a filter, or the way to the first customer. */
export function NoCustomers({ workspace, isFiltered, mayCreate, onClear }: Props) {
  const t = useTranslations("customers");
  if (isFiltered)
    return <EmptyState title={t("empty_filtered")} action={<Button onClick={onClear}>{t("filters.clear")}</Button>} />;
  const action = mayCreate ? (
    <LinkButton kind="primary" href={paths.newCustomer(workspace)}>
      {t("new")}
    </LinkButton>
  ) : undefined;
  return (
    <EmptyState title={t("empty_title")} action={action}>
      {t("empty_text")}
    </EmptyState>
  );
}
