"use client";

import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Problem } from "@/components/ui/problem";
import { SectionHead } from "@/components/ui/section-head";
import { Select } from "@/components/ui/select";
import { StatusMark } from "@/components/ui/status-mark";
import { useWrite } from "@/components/ui/use-write";
import { type ApprovalTier, approvalTiers } from "@/lib/proposals/price";
import { delegateAuthorityAction, endAuthorityAction, grantAuthorityAction } from "@/lib/proposals/rule-actions";
import type { AuthorityView, PriceRules } from "@/lib/proposals/rule-schema";
import { dayOf } from "../words";
import { useWrong } from "./use-wrong";

type People = readonly { id: string; name: string }[];

/** Names a member for a tier between two days; to lend one's own tier its last day is needed. */
function NameForm({
  workspace,
  people,
  today,
  tiers,
  isLoan,
}: {
  workspace: string;
  people: People;
  today: string;
  tiers: readonly ApprovalTier[];
  isLoan: boolean;
}) {
  const t = useTranslations("prices");
  const router = useRouter();
  const { isBusy, error, fields, run } = useWrite();
  const wrong = useWrong(fields);
  const [memberId, setMember] = useState(people[0]?.id ?? "");
  const [tier, setTier] = useState(tiers[0] ?? "manager");
  const [from, setFrom] = useState(today);
  const [to, setTo] = useState("");
  const save = async () => {
    const input = { memberId, tier, validFrom: from };
    const done = await run(() =>
      isLoan
        ? delegateAuthorityAction(workspace, { ...input, validTo: to })
        : grantAuthorityAction(workspace, { ...input, validTo: to || null }),
    );
    if (done) setTo("");
    router.refresh();
  };
  return (
    <form
      className="grid items-start gap-3 pt-3 sm:grid-cols-2 md:grid-cols-[1.4fr_1fr_1fr_1fr_auto]"
      aria-busy={isBusy}
      aria-label={t(isLoan ? "lend" : "grant")}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Field label={t("member")} error={wrong("memberId")}>
        {(control) => (
          <Select
            {...{ ...control, value: memberId }}
            options={people.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(event) => setMember(event.target.value)}
          />
        )}
      </Field>
      <Field label={t("tier_label")}>
        {(control) => (
          <Select
            {...{ ...control, value: tier }}
            options={tiers.map((value) => ({ value, label: t(`tier.${value}`) }))}
            onChange={(event) => setTier(tiers.find((each) => each === event.target.value) ?? tier)}
          />
        )}
      </Field>
      <Field label={t("from")} error={wrong("validFrom")}>
        {(control) => (
          <Input
            {...{ ...control, type: "date", required: true, value: from }}
            onChange={(event) => setFrom(event.target.value)}
          />
        )}
      </Field>
      <Field label={t("to")} error={wrong("validTo")} hint={isLoan ? undefined : t("to_hint")}>
        {(control) => (
          <Input
            {...{ ...control, type: "date", required: isLoan, value: to }}
            onChange={(event) => setTo(event.target.value)}
          />
        )}
      </Field>
      <Button type="submit" className="mt-5" isBusy={isBusy}>
        {t(isLoan ? "lend" : "grant")}
      </Button>
      <Problem text={Object.keys(fields).length === 0 ? error : null} />
    </form>
  );
}

function Authority({ workspace, authority }: { workspace: string; authority: AuthorityView }) {
  const t = useTranslations("prices");
  const locale = useLocale();
  const router = useRouter();
  const { isBusy, error, run } = useWrite();
  const { id, version, memberName, tier, validFrom, validTo, delegatedByName, standing, mayEnd } = authority;
  const [from, to] = [dayOf(validFrom, locale), validTo === null ? null : dayOf(validTo, locale)];
  return (
    <li className="flex flex-wrap items-baseline gap-x-4 gap-y-1 border-hairline border-b py-1.5 text-13">
      <span>
        <StatusMark state={standing === "in_force" ? "active" : standing === "announced" ? "waiting" : "idle"} />{" "}
        {t(`tier.${tier}`)}
      </span>
      <bdi className="font-550">{memberName}</bdi>
      <span className="text-12 text-ink-3">
        {t(`standing.${standing}`)} ·{" "}
        <span className="num">{to === null ? t("from_on", { from }) : t("from_to", { from, to })}</span>
        {delegatedByName ? <bdi> · {t("lent_by", { name: delegatedByName })}</bdi> : null}
      </span>
      {mayEnd ? (
        <Button
          className="ms-auto"
          isBusy={isBusy}
          aria-label={t("end_of", { tier: t(`tier.${tier}`), name: memberName })}
          onClick={() => void run(() => endAuthorityAction(workspace, { id, version })).then(() => router.refresh())}
        >
          {t("end")}
        </Button>
      ) : null}
      <Problem text={error} />
    </li>
  );
}

type Props = {
  workspace: string;
  rules: Pick<PriceRules, "authorities" | "emptyTiers" | "lendable" | "mayEdit">;
  people: People;
  today: string;
};

/** Who holds which tier between which days, and forms to name somebody or to lend one's own. */
export function Authorities({ workspace, rules, people, today }: Props) {
  const t = useTranslations("prices");
  const { authorities, emptyTiers, lendable, mayEdit } = rules;
  return (
    <section aria-label={t("authorities")}>
      <SectionHead title={t("authorities")} />
      <p className="text-12 text-ink-3">{t("authorities_note")}</p>
      {emptyTiers.length > 0 ? (
        <p className="pt-1 text-13 text-warn">
          {t("empty_tiers", { tiers: emptyTiers.map((tier) => t(`tier.${tier}`)).join(", ") })}
        </p>
      ) : null}
      {authorities.length === 0 ? <p className="pt-1 text-13 text-ink-3">{t("no_authorities")}</p> : null}
      <ul>
        {authorities.map((authority) => (
          <Authority key={authority.id} workspace={workspace} authority={authority} />
        ))}
      </ul>
      {mayEdit ? <NameForm {...{ workspace, people, today, tiers: approvalTiers, isLoan: false }} /> : null}
      {lendable.length > 0 ? <NameForm {...{ workspace, people, today, tiers: lendable, isLoan: true }} /> : null}
    </section>
  );
}
