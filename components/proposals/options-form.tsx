"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Input } from "@/components/ui/input";
import { Problem } from "@/components/ui/problem";
import { useWrite } from "@/components/ui/use-write";
import type { PriceBookView } from "@/lib/products/schema";
import { draftOptionsAction } from "@/lib/proposals/actions";
import type { ProposalView } from "@/lib/proposals/schema";

type Props = { workspace: string; proposal: ProposalView; book: PriceBookView };

/** What a customer may choose from, ticked by whoever designs it: products and how many of each, and nothing about prices. */
export function OptionsForm({ workspace, proposal, book }: Props) {
  const t = useTranslations("proposals");
  const common = useTranslations("common");
  const router = useRouter();
  const { isBusy, error, run } = useWrite();
  const { id, version, lines } = proposal;
  const [chosen, setChosen] = useState(
    () => new Map(lines.flatMap((line) => (line.isOptional ? [[line.productId, String(line.quantity)] as const] : []))),
  );
  const free = book.lines.filter(
    ({ productId }) => !lines.some((line) => !line.isOptional && line.productId === productId),
  );
  const set = (productId: string, quantity: string | null) => {
    const next = new Map(chosen);
    if (quantity === null) next.delete(productId);
    else next.set(productId, quantity);
    setChosen(next);
  };
  const options = [...chosen].map(([productId, quantity]) => ({ productId, quantity: Number(quantity) }));
  const isWhole = options.every(({ quantity }) => Number.isInteger(quantity) && quantity > 0 && quantity <= 100_000);
  const save = async () => {
    await run(() => draftOptionsAction(workspace, { id, version, options }));
    router.refresh();
  };
  return (
    <section
      aria-labelledby="options"
      className="grid max-w-220 gap-3 border-hairline border-t pt-4"
      aria-busy={isBusy}
    >
      <h2 id="options" className="font-550 text-13">
        {t("draft_options")}
      </h2>
      <p className="text-12 text-ink-3">{t("draft_options_hint")}</p>
      <ul className="grid gap-1">
        {free.map(({ productId, productName }) => {
          const quantity = chosen.get(productId);
          return (
            <li key={productId} className="flex min-h-10 flex-wrap items-center gap-x-4">
              <Checkbox
                label={productName}
                checked={quantity !== undefined}
                onChange={() => set(productId, quantity === undefined ? "1" : null)}
              />
              {quantity === undefined ? null : (
                <Input
                  aria-label={t("quantity_of", { product: productName })}
                  type="number"
                  min={1}
                  max={100_000}
                  className="w-24"
                  value={quantity}
                  onChange={(event) => set(productId, event.target.value)}
                />
              )}
            </li>
          );
        })}
      </ul>
      <div>
        <Button kind="primary" isBusy={isBusy} disabled={!isWhole} onClick={() => void save()}>
          {common("save")}
        </Button>
      </div>
      <Problem text={error} />
    </section>
  );
}
