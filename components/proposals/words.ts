import type { MarkState } from "@/components/ui/status-mark";
import { sayMoney } from "@/lib/money";
import type { ProposalState } from "@/lib/proposals/schema";

export const marks: Record<ProposalState, MarkState> = {
  draft: "idle",
  pending_approval: "waiting",
  approved: "active",
  presented: "active",
  accepted: "good",
  declined: "idle",
  expired: "idle",
  withdrawn: "idle",
  superseded: "idle",
};

const tagOf = (locale: string) => (locale === "en" ? "en-GB" : locale);

/** An amount in minor units as this page writes it. */
export function amountOf(minor: number, currency: string, locale: string): string {
  return sayMoney({ minor, currency }, locale);
}

/** A share in basis points. */
export function shareOf(basisPoints: number, locale: string): string {
  return new Intl.NumberFormat(tagOf(locale), { style: "percent", maximumFractionDigits: 2 }).format(
    basisPoints / 10_000,
  );
}

/** A calendar day or the day of an instant. */
export function dayOf(at: string, locale: string): string {
  return new Intl.DateTimeFormat(tagOf(locale), { dateStyle: "medium", timeZone: "UTC" }).format(new Date(at));
}
