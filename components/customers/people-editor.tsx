"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { ListFrame } from "@/components/ui/list-frame";
import { SectionHead } from "@/components/ui/section-head";
import { say } from "@/components/ui/toast";
import { addPersonAction, makePrimaryPersonAction, updatePersonAction } from "@/lib/customers/actions";
import type { CustomerView, PersonView } from "@/lib/customers/schema";
import { paths } from "@/lib/paths";
import { keys } from "@/lib/query-keys";
import { errorOf, readJson } from "@/lib/request";
import { type Apply, ContactPoints } from "./contact-points";
import { useCustomerErrors } from "./customer-words";
import { InlineText } from "./inline-text";

/** The customer with her people, and how a change of it is carried out and shown. */
function usePeople(workspace: string, customerId: string) {
  const errors = useCustomerErrors();
  const client = useQueryClient();
  const queryKey = keys.customer.one(workspace, customerId, "people");
  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) => readJson<CustomerView>(paths.api(workspace, `/customers/${customerId}`), signal),
  });
  const apply: Apply = async (work) => {
    const result = await work();
    if (result.ok) client.setQueryData(queryKey, result.data);
    else {
      await say(errors.words(result.error), { isError: true });
      await client.invalidateQueries({ queryKey });
    }
    return result.ok;
  };
  return { ...query, apply };
}

/** The people of a customer: names one can change in place, every way to reach them, who speaks first. */
export function PeopleEditor({
  workspace,
  customerId,
  mayEdit,
}: {
  workspace: string;
  customerId: string;
  mayEdit: boolean;
}) {
  const t = useTranslations("customers.people");
  const { data, error, isPending, refetch, apply } = usePeople(workspace, customerId);
  const rename = ({ id: personId, version }: PersonView, name: string) =>
    apply(() => updatePersonAction(workspace, { customerId, personId, version, name }));
  const [isAdding, setIsAdding] = useState(false);
  const [isBusy, start] = useTransition();
  return (
    <section aria-labelledby="people" aria-busy={isBusy || undefined}>
      <SectionHead id="people" title={t("title")}>
        {mayEdit ? (
          <Button kind="text" onClick={() => setIsAdding(true)}>
            {t("add_person")}
          </Button>
        ) : null}
      </SectionHead>
      <ListFrame
        isLoading={isPending}
        error={error ? errorOf(error) : null}
        onRetry={() => void refetch()}
        isEmpty={false}
        empty={null}
      >
        <ul className="grid gap-3">
          {data?.persons.map((person) => (
            <li key={person.id} className="grid gap-1">
              <div className="flex flex-wrap items-baseline gap-2">
                {mayEdit ? (
                  <InlineText label={t("title")} value={person.name} onSave={(name) => rename(person, name)} />
                ) : (
                  <bdi className="font-550">{person.name}</bdi>
                )}
                <span className="text-12 text-ink-3">
                  {[person.role, person.isPrimary ? t("primary") : null, t(`levels.${person.identityLevel}`)]
                    .filter(Boolean)
                    .join(" · ")}
                </span>
                {mayEdit && !person.isPrimary ? (
                  <Button
                    kind="text"
                    onClick={() =>
                      start(
                        async () =>
                          void (await apply(() =>
                            makePrimaryPersonAction(workspace, { customerId, personId: person.id }),
                          )),
                      )
                    }
                  >
                    {t("make_primary")}
                  </Button>
                ) : null}
              </div>
              <ContactPoints
                workspace={workspace}
                customerId={customerId}
                person={person}
                mayEdit={mayEdit}
                apply={apply}
              />
            </li>
          ))}
          {isAdding ? (
            <li>
              <InlineText
                label={t("add_person")}
                value=""
                isOpen
                onCancel={() => setIsAdding(false)}
                onSave={async (name) => {
                  const isDone = await apply(() => addPersonAction(workspace, { customerId, person: { name } }));
                  if (isDone) setIsAdding(false);
                  return isDone;
                }}
              />
            </li>
          ) : null}
        </ul>
      </ListFrame>
    </section>
  );
}
