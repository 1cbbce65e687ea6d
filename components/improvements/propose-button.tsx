"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { type CauseOption, CauseSelect } from "@/components/ui/cause-select";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useWrite } from "@/components/ui/use-write";
import { proposeImprovementAction } from "@/lib/improvements/actions";

type Props = { workspace: string; causes: readonly CauseOption[] };

/** Proposes an improvement for a cause before it came back often enough by itself. */
export function ProposeButton({ workspace, causes }: Props) {
  const t = useTranslations("improvements");
  const common = useTranslations("common");
  const router = useRouter();
  const { isBusy, error, run } = useWrite();
  const [isOpen, setOpen] = useState(false);
  const [cause, setCause] = useState("");
  const [title, setTitle] = useState("");
  const propose = async () => {
    if (!(await run(() => proposeImprovementAction(workspace, { cause, title })))) return;
    setOpen(false);
    router.refresh();
  };
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t("propose")}</Button>
      {isOpen ? (
        <Dialog
          isOpen
          onClose={() => setOpen(false)}
          title={t("propose")}
          footer={
            <>
              <Button onClick={() => setOpen(false)}>{common("cancel")}</Button>
              <Button kind="primary" onClick={propose} isBusy={isBusy} disabled={cause === "" || title.trim() === ""}>
                {t("propose")}
              </Button>
            </>
          }
        >
          <div className="grid gap-4">
            <CauseSelect
              label={t("cause")}
              placeholder={t("choose_cause")}
              causes={causes}
              value={cause}
              onChange={setCause}
            />
            <Field label={t("title_label")} isRequired>
              {(control) => (
                <Input
                  {...control}
                  dir="auto"
                  maxLength={200}
                  value={title}
                  onChange={(event) => setTitle(event.target.value)}
                />
              )}
            </Field>
            {error ? (
              <p role="alert" className="text-12 text-bad">
                {error}
              </p>
            ) : null}
          </div>
        </Dialog>
      ) : null}
    </>
  );
}
