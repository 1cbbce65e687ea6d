"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Problem } from "@/components/ui/problem";
import { SectionHead } from "@/components/ui/section-head";
import { useWrite } from "@/components/ui/use-write";
import { addProductAction, editProductAction } from "@/lib/products/actions";
import type { ProductRow } from "@/lib/products/schema";
import { useWrong } from "./use-wrong";

type RowProps = { workspace: string; product: ProductRow };

/** One product: its family, and whether it is sold. */
function Product({ workspace, product: { id, name, family, isArchived, version } }: RowProps) {
  const t = useTranslations("prices");
  const common = useTranslations("common");
  const router = useRouter();
  const { isBusy, error, run } = useWrite();
  const [wanted, setWanted] = useState<string | null>(null);
  const change = async (input: { family?: string; isArchived?: boolean }) => {
    if (await run(() => editProductAction(workspace, { id, version, ...input }))) setWanted(null);
    router.refresh();
  };
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 border-hairline border-b py-1.5 text-13">
      <bdi className={isArchived ? "text-ink-3" : "font-550"}>{name}</bdi>
      {wanted === null ? (
        <>
          <bdi className="text-ink-2">{family}</bdi>
          {isArchived ? <span className="text-12 text-ink-3">{t("off_sale")}</span> : null}
          <span className="ms-auto flex gap-2">
            <Button aria-label={t("edit_of", { name })} onClick={() => setWanted(family)}>
              {t("edit")}
            </Button>
          </span>
        </>
      ) : (
        <form
          className="flex flex-wrap items-center gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            void change({ family: wanted });
          }}
        >
          <Input
            aria-label={`${name}: ${t("family")}`}
            dir="auto"
            className="w-48"
            required
            maxLength={100}
            value={wanted}
            onChange={(event) => setWanted(event.target.value)}
          />
          <Button type="submit" kind="primary" isBusy={isBusy}>
            {common("save")}
          </Button>
          <Button isBusy={isBusy} onClick={() => void change({ isArchived: !isArchived })}>
            {t(isArchived ? "put_on" : "take_off")}
          </Button>
        </form>
      )}
      <Problem text={error} />
    </li>
  );
}

/** What is sold, and a form to add to it. */
export function Products({ workspace, products }: { workspace: string; products: readonly ProductRow[] }) {
  const t = useTranslations("prices");
  const router = useRouter();
  const { isBusy, error, fields, run } = useWrite();
  const wrong = useWrong(fields);
  const [name, setName] = useState("");
  const [family, setFamily] = useState("");
  const add = async () => {
    if (await run(() => addProductAction(workspace, { name, family }))) setName("");
    router.refresh();
  };
  return (
    <section aria-label={t("products")}>
      <SectionHead title={t("products")} />
      {products.length === 0 ? <p className="text-13 text-ink-3">{t("no_products")}</p> : null}
      <ul className="max-h-120 overflow-y-auto">
        {products.map((product) => (
          <Product key={product.id} workspace={workspace} product={product} />
        ))}
      </ul>
      <form
        className="grid max-w-180 items-end gap-3 pt-3 sm:grid-cols-[1fr_1fr_auto]"
        aria-busy={isBusy}
        onSubmit={(event) => {
          event.preventDefault();
          void add();
        }}
      >
        <Field label={t("product_name")} error={wrong("name")}>
          {(control) => (
            <Input
              {...{ ...control, dir: "auto", required: true, maxLength: 200, value: name }}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <Field label={t("family")} error={wrong("family")}>
          {(control) => (
            <Input
              {...{ ...control, dir: "auto", required: true, maxLength: 100, value: family }}
              onChange={(event) => setFamily(event.target.value)}
            />
          )}
        </Field>
        <div>
          <Button type="submit" isBusy={isBusy}>
            {t("add_product")}
          </Button>
        </div>
      </form>
      <Problem text={error} />
    </section>
  );
}
