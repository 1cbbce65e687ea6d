"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { late } from "@/components/ui/late";
import type { AccountView } from "@/lib/accounts/schema";

const AccountDialog = late(() => import("./account-dialog").then((module) => module.AccountDialog));

/** Opens the account that a record belongs to, to change it. */
export function AccountButton(props: { workspace: string; customerId: string; account: AccountView }) {
  const t = useTranslations("account");
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className="no-print text-12 underline decoration-hairline-strong underline-offset-2"
        onClick={() => setOpen(true)}
      >
        {t(props.account.parent ? "change" : "set")}
      </button>
      {isOpen ? <AccountDialog {...props} onClose={() => setOpen(false)} /> : null}
    </>
  );
}
