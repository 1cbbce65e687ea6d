"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useTransition } from "react";
import { Button } from "@/components/ui/button";
import { SectionHead } from "@/components/ui/section-head";
import { say } from "@/components/ui/toast";
import { recordConsentAction } from "@/lib/consents/actions";
import type { PersonConsentView } from "@/lib/consents/schema";
import type { PersonView } from "@/lib/customers/schema";
import { paths } from "@/lib/paths";
import { keys } from "@/lib/query-keys";
import { readJson } from "@/lib/request";
import { useCustomerErrors } from "./customer-words";

type Props = {
  workspace: string;
  customerId: string;
  persons: readonly Pick<PersonView, "id" | "name">[];
  mayEdit: boolean;
};

const media = ["phone", "sms", "email"] as const;

/** What each person allowed and refused; a new word is added, none is ever changed. */
export function ConsentEditor({ workspace, customerId, persons, mayEdit }: Props) {
  const t = useTranslations("customers.consents");
  const errors = useCustomerErrors();
  const client = useQueryClient();
  const [isBusy, start] = useTransition();
  const queryKey = keys.customer.one(workspace, customerId, "consents");
  const { data } = useQuery({
    queryKey,
    queryFn: ({ signal }) =>
      readJson<PersonConsentView[]>(paths.api(workspace, `/customers/${customerId}/consents`), signal),
  });
  const stateOf = (personId: string, medium: string) =>
    data?.find((each) => each.personId === personId && each.medium === medium && each.purpose === "marketing")?.state ??
    "unknown";
  const tell = (personId: string, medium: (typeof media)[number], state: "granted" | "revoked") =>
    start(async () => {
      const result = await recordConsentAction(workspace, { customerId, personId, medium, state });
      if (!result.ok) await say(errors.words(result.error), { isError: true });
      await client.invalidateQueries({ queryKey });
    });
  return (
    <section aria-labelledby="consents" aria-busy={isBusy || undefined}>
      <SectionHead id="consents" title={t("title")} />
      <ul className="grid gap-2">
        {persons.map(({ id, name }) => (
          <li key={id} className="grid gap-1">
            <bdi className="text-12 text-ink-2">{name}</bdi>
            {media.map((medium) => {
              const state = stateOf(id, medium);
              const isRefused = state === "denied" || state === "revoked";
              const words = [
                ...(state === "granted" ? [] : ["granted" as const]),
                ...(isRefused ? [] : ["revoked" as const]),
              ];
              return (
                <div key={medium} className="flex items-center gap-2">
                  <span className={isRefused ? "line-through" : undefined}>{t(`media.${medium}`)}</span>
                  <span className="text-12 text-ink-3">{t(`states.${state}`)}</span>
                  {mayEdit ? (
                    <span className="ms-auto flex flex-wrap justify-end">
                      {words.map((word) => (
                        <Button
                          key={word}
                          kind="text"
                          aria-label={t(word === "granted" ? "grant" : "refuse", {
                            name,
                            medium: t(`media.${medium}`),
                          })}
                          onClick={() => tell(id, medium, word)}
                        >
                          {t(word === "granted" ? "allows" : "refuses")}
                        </Button>
                      ))}
                    </span>
                  ) : null}
                </div>
              );
            })}
          </li>
        ))}
      </ul>
    </section>
  );
}
