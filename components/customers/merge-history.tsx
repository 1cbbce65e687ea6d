"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useFormatter, useTranslations } from "next-intl";
import { useTransition } from "react";
import { Button } from "@/components/ui/button";
import { SectionHead } from "@/components/ui/section-head";
import { say } from "@/components/ui/toast";
import { unmergeCustomersAction } from "@/lib/customers/actions";
import type { MergeView } from "@/lib/customers/pairs";
import { paths } from "@/lib/paths";
import { keys } from "@/lib/query-keys";
import { readJson } from "@/lib/request";
import { useCustomerErrors } from "./customer-words";

/** Records that were merged into this one and can still be taken out again; nothing when there are none. For managers. */
export function MergeHistory({ workspace, customerId, name }: { workspace: string; customerId: string; name: string }) {
  const t = useTranslations("customers.merge");
  const errors = useCustomerErrors();
  const format = useFormatter();
  const client = useQueryClient();
  const [isBusy, start] = useTransition();
  const { data } = useQuery({
    queryKey: keys.customer.one(workspace, customerId, "merges"),
    queryFn: ({ signal }) => readJson<MergeView[]>(paths.api(workspace, `/customers/${customerId}/merges`), signal),
  });
  if (!data || data.length === 0) return null;
  const undo = (mergeId: string) =>
    start(async () => {
      const result = await unmergeCustomersAction(workspace, { mergeId });
      if (!result.ok) await say(errors.words(result.error), { isError: true });
      else await say(result.data.stayed.length > 0 ? t("undone_partly", { name }) : t("undone"));
      await client.invalidateQueries({ queryKey: keys.everything(workspace) });
    });
  return (
    <section aria-labelledby="merges" aria-busy={isBusy || undefined}>
      <SectionHead id="merges" title={t("history")} />
      <ul className="grid gap-1">
        {data.map((merge, index) => (
          <li key={merge.id} className="flex items-center gap-2">
            <bdi>
              {t("merged_at", {
                name: merge.loserName,
                when: format.dateTime(new Date(merge.mergedAt), { dateStyle: "medium" }),
              })}
            </bdi>
            {index === 0 ? (
              <Button kind="text" className="ms-auto" isBusy={isBusy} onClick={() => undo(merge.id)}>
                {t("undo")}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
