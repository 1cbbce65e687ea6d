import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { apart } from "@/components/ui/apart";
import type { NextSteps as Steps } from "@/lib/consistency/schema";
import { isolated } from "@/lib/isolated";
import { percentOf, pointsOf } from "./words";

type Props = { steps: Steps; target: number; driversAt: string; enablementAt: string };
type Named = { name: string; nameHe: string };

/** What to mend first and who answers for it, and whether the last enablement worked, each the way to what it rests on. */
export async function NextSteps({ steps, target, driversAt, enablementAt }: Props) {
  const isHebrew = (await getLocale()) === "he";
  const nameOf = ({ name, nameHe }: Named) => (isHebrew && nameHe) || name;
  return (
    <dl className="grid gap-x-10 gap-y-5 pt-5 md:grid-cols-2">
      <Mend {...steps} target={target} href={driversAt} nameOf={nameOf} />
      <Worked worked={steps.worked} href={enablementAt} nameOf={nameOf} />
    </dl>
  );
}

type StepProps = { href: string; nameOf: (named: Named) => string };

async function Mend({ mend, isRanked, target, href, nameOf }: Steps & StepProps & { target: number }) {
  const t = await getTranslations("experience");
  const drivers = await getTranslations("drivers");
  const members = await getTranslations("members");
  if (!mend)
    return (
      <Step label={t("next.mend")} href={href}>
        {drivers(isRanked ? "none_below" : "no_ranking")}
      </Step>
    );
  const { responsibleRole, responsibleName, shrunken, share } = mend;
  const role = responsibleRole ? members(`roles.${responsibleRole}`) : "";
  const name = apart(responsibleName ?? "");
  const owner = !role
    ? drivers("owner_none")
    : responsibleName
      ? t("next.named", { role, name })
      : drivers("owner_role", { role });
  const rate = isolated(percentOf(shrunken ?? 0));
  const why = t("next.why", { rate, target: isolated(percentOf(target)), share: isolated(percentOf(share ?? 0)) });
  return (
    <Step label={t("next.mend")} href={href} why={`${owner} ${why}`}>
      {nameOf(mend)}
    </Step>
  );
}

async function Worked({ worked, href, nameOf }: Pick<Steps, "worked"> & StepProps) {
  const t = await getTranslations("experience");
  const enablement = await getTranslations("enablement");
  if (!worked)
    return (
      <Step label={t("next.worked")} href={href}>
        {enablement("worked_none")}
      </Step>
    );
  const { effect } = worked;
  const item = apart(nameOf(worked.item));
  const isEstimated = effect.status === "estimated";
  return (
    <Step
      label={t("next.worked")}
      href={href}
      why={isEstimated ? t("next.effect", { item, points: pointsOf(effect.effect) }) : item}
    >
      {enablement(`verdict.${isEstimated ? effect.verdict : "cannot_estimate"}`)}
    </Step>
  );
}

function Step({ label, href, why, children }: { label: string; href: string; why?: string; children: ReactNode }) {
  return (
    <div className="border-hairline-strong border-t pt-2">
      <dt className="text-12 text-ink-3">{label}</dt>
      <dd className="mt-0.5">
        <Link
          href={href as never}
          prefetch={false}
          className="font-serif text-20 underline decoration-hairline-strong underline-offset-4 hover:decoration-current"
        >
          {children}
        </Link>
        {why ? <span className="mt-1 block max-w-[46em] text-pretty text-13 text-ink-2">{why}</span> : null}
      </dd>
    </div>
  );
}
