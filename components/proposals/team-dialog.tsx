"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Problem } from "@/components/ui/problem";
import { Select } from "@/components/ui/select";
import { useWrite } from "@/components/ui/use-write";
import { listSellersAction, setSellingTeamAction } from "@/lib/selling-teams/actions";
import type { SellerOption, SellingTeamView } from "@/lib/selling-teams/schema";

type Props = { workspace: string; customerId: string; team: SellingTeamView; onClose: () => void };

/** Who sells to the customer together, and which one of them coordinates. */
export function TeamDialog({ workspace, customerId, team, onClose }: Props) {
  const t = useTranslations("selling_team");
  const common = useTranslations("common");
  const router = useRouter();
  const { isBusy, error, run } = useWrite();
  const [sellers, setSellers] = useState<SellerOption[] | null>(null);
  const [chosen, setChosen] = useState<string[]>(team.members.map(({ id }) => id));
  const [coordinator, setCoordinator] = useState(team.members.find(({ isCoordinator }) => isCoordinator)?.id ?? "");
  useEffect(() => {
    let isHere = true;
    void listSellersAction(workspace, {})
      .then((result) => isHere && setSellers(result.ok ? result.data.sellers : []))
      .catch(() => isHere && setSellers([]));
    return () => {
      isHere = false;
    };
  }, [workspace]);
  const inTeam = (sellers ?? []).filter(({ id }) => chosen.includes(id));
  const lead = inTeam.some(({ id }) => id === coordinator) ? coordinator : (inTeam[0]?.id ?? "");
  const save = async () => {
    const memberIds = inTeam.map(({ id }) => id);
    const input = { customerId, version: team.version, coordinatorId: lead, memberIds };
    if (!(await run(() => setSellingTeamAction(workspace, input)))) return;
    onClose();
    router.refresh();
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t("title")}
      description={t("note")}
      footer={
        <Button kind="primary" isBusy={isBusy} disabled={lead === ""} onClick={() => void save()}>
          {common("save")}
        </Button>
      }
    >
      <div className="grid gap-4" aria-busy={sellers === null}>
        <fieldset className="grid gap-1">
          <legend className="mb-1 font-medium text-12 text-ink-2">{t("members")}</legend>
          {(sellers ?? []).map(({ id, name }) => (
            <Checkbox
              key={id}
              label={name}
              checked={chosen.includes(id)}
              onChange={() => setChosen(chosen.includes(id) ? chosen.filter((each) => each !== id) : [...chosen, id])}
            />
          ))}
        </fieldset>
        <Field label={t("coordinator")}>
          {(control) => (
            <Select
              {...{ ...control, value: lead, disabled: inTeam.length === 0 }}
              options={inTeam.map(({ id, name }) => ({ value: id, label: name }))}
              onChange={(event) => setCoordinator(event.target.value)}
            />
          )}
        </Field>
        <Problem text={error} />
      </div>
    </Dialog>
  );
}
