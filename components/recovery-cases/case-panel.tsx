"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import type { CauseOption } from "@/components/ui/cause-select";
import { DateTime } from "@/components/ui/date-time";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { StatusMark } from "@/components/ui/status-mark";
import { Textarea } from "@/components/ui/textarea";
import { useWrite } from "@/components/ui/use-write";
import { paths } from "@/lib/paths";
import { assignCaseAction, takeCaseStepAction } from "@/lib/recovery-cases/actions";
import type { CaseStepView, CaseView } from "@/lib/recovery-cases/schema";
import { CaseClock } from "./case-clock";
import { CloseForm } from "./close-form";

type Props = {
  workspace: string;
  found: CaseView;
  now: string;
  about: string;
  memberId: string | null;
  people: readonly { id: string; name: string }[];
  causes: readonly CauseOption[];
};

/** One case: what the customer said, the steps that put it right, the customer told last, and then why it had happened. */
export function CasePanel({ workspace, found, now, about, memberId, people, causes }: Props) {
  const t = useTranslations("cases");
  const locale = useLocale();
  const isOpen = found.closedAt === null;
  const isTold = found.steps.every(({ doneAt }) => doneAt !== null);
  const cause = causes.find(({ key }) => key === found.cause);
  return (
    <section aria-labelledby="case" className="rounded-lg border border-hairline-strong bg-float px-4 py-3">
      <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
        <h2 id="case" className="font-serif text-20">
          <Link href={paths.customer(workspace, found.customerId)} className="underline underline-offset-2">
            <bdi>{found.customerName}</bdi>
          </Link>
        </h2>
        {isOpen ? (
          <CaseClock openedAt={found.openedAt} dueAt={found.dueAt} now={now} />
        ) : (
          <span className="text-13">
            <StatusMark state={found.state === "recovered" ? "good" : "idle"} /> {t(`state.${found.state}`)}
          </span>
        )}
      </div>
      <p className="text-12 text-ink-3">
        {about} · <DateTime at={found.at} /> · {t(`origin.${found.origin}`)}
        {found.momentName ? ` · ${(locale === "he" && found.momentNameHe) || found.momentName}` : ""}
        {found.agentName ? " · " : ""}
        <bdi>{found.agentName ?? ""}</bdi>
      </p>
      {found.comment ? (
        <q dir="auto" className="said block pt-2 text-16">
          {found.comment}
        </q>
      ) : null}
      <ol className="grid gap-3 pt-4">
        {found.steps.map((step) => (
          <Step key={step.id} workspace={workspace} found={found} step={step} />
        ))}
      </ol>
      {isOpen && found.mayLead ? <Owner workspace={workspace} found={found} people={people} /> : null}
      {isOpen ? (
        isTold && (found.mayLead || found.ownerId === memberId) ? (
          <CloseForm workspace={workspace} found={found} causes={causes} />
        ) : (
          <p className="pt-3 text-12 text-ink-3">{t(isTold ? "owner_closes" : "told_first")}</p>
        )
      ) : (
        <p className="pt-3 text-13">
          {cause ? <b className="font-550">{(locale === "he" && cause.nameHe) || cause.name}: </b> : null}
          <span dir="auto">{found.outcome}</span>
          {found.improvementId ? (
            <Link
              href={paths.improvement(workspace, found.improvementId)}
              className="ms-2 underline underline-offset-2"
            >
              {t("to_improvement")}
            </Link>
          ) : null}
        </p>
      )}
    </section>
  );
}

function Step({ workspace, found, step }: Pick<Props, "workspace" | "found"> & { step: CaseStepView }) {
  const t = useTranslations("cases");
  const router = useRouter();
  const { isBusy, error, run } = useWrite();
  const [note, setNote] = useState("");
  const isTelling = step.name === "customer_told";
  const isBlocked = isTelling && found.steps.some(({ id, doneAt }) => id !== step.id && doneAt === null);
  const take = async () => {
    const input = { id: found.id, stepId: step.id, note };
    if (await run(() => takeCaseStepAction(workspace, input))) router.refresh();
  };
  return (
    <li className="border-hairline border-t pt-2" aria-busy={isBusy}>
      <p className="flex flex-wrap items-baseline gap-x-2 text-13">
        <StatusMark state={step.doneAt ? "good" : isBlocked ? "idle" : "active"} />
        <b className="font-550">{t(`step.${step.name}`)}</b>
        <span className="text-12 text-ink-3">
          <bdi>{step.doneAt ? step.doneByName : step.ownerName}</bdi>
          {" · "}
          <DateTime at={step.doneAt ?? step.dueAt} />
        </span>
      </p>
      {step.doneAt && step.note ? (
        <p dir="auto" className="ps-4.5 text-13 text-ink-2">
          {step.note}
        </p>
      ) : null}
      {step.doneAt || found.closedAt || isBlocked ? null : (
        <div className="flex flex-wrap items-end gap-2 ps-4.5 pt-1">
          <div className="min-w-56 flex-1">
            <Field label={t(isTelling ? "told_what" : "note")} isRequired={isTelling}>
              {(control) => (
                <Textarea
                  {...control}
                  className="min-h-8"
                  maxLength={2000}
                  value={note}
                  onChange={(event) => setNote(event.target.value)}
                />
              )}
            </Field>
          </div>
          <Button onClick={take} isBusy={isBusy} disabled={isTelling && note.trim() === ""}>
            {t("take", { step: t(`step.${step.name}`) })}
          </Button>
        </div>
      )}
      {error ? (
        <p role="alert" className="ps-4.5 pt-1 text-12 text-bad">
          {error}
        </p>
      ) : null}
    </li>
  );
}

function Owner({ workspace, found, people }: Pick<Props, "workspace" | "found" | "people">) {
  const t = useTranslations("cases");
  const router = useRouter();
  const { isBusy, error, run } = useWrite();
  const assign = async (ownerId: string) => {
    if (await run(() => assignCaseAction(workspace, { id: found.id, version: found.version, ownerId })))
      router.refresh();
  };
  return (
    <div className="max-w-72 pt-3" aria-busy={isBusy}>
      <Field label={t("owner")} error={error ?? undefined}>
        {(control) => (
          <Select
            {...control}
            value={found.ownerId ?? ""}
            disabled={isBusy}
            {...(people.some(({ id }) => id === found.ownerId) ? {} : { placeholder: found.ownerName ?? t("nobody") })}
            options={people.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(event) => void (event.target.value ? assign(event.target.value) : undefined)}
          />
        )}
      </Field>
    </div>
  );
}
