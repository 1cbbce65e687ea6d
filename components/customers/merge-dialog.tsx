"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type TransitionStartFunction, useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { ListFrame } from "@/components/ui/list-frame";
import { say } from "@/components/ui/toast";
import { mergeCustomersAction, unmergeCustomersAction } from "@/lib/customers/actions";
import type { MergePreview } from "@/lib/customers/pairs";
import { paths } from "@/lib/paths";
import { keys } from "@/lib/query-keys";
import { errorOf, readJson } from "@/lib/request";
import type { PublicError } from "@/lib/server/result";
import { useCustomerErrors } from "./customer-words";
import { MergeChoices } from "./merge-choices";
import { type MergeDecision, oscsOf } from "./merge-decision";

type Props = {
  workspace: string;
  firstId: string;
  secondId: string;
  onClose: () => void;
  onMerged?: (survivorId: string) => void;
};

/** Undoes a merge from its toast, and says how it went. */
function useUndo(workspace: string, survivor: string) {
  const t = useTranslations("customers.merge");
  const errors = useCustomerErrors();
  const client = useQueryClient();
  return async (mergeId: string) => {
    const result = await unmergeCustomersAction(workspace, { mergeId });
    if (!result.ok) await say(errors.words(result.error), { isError: true });
    else await say(result.data.stayed.length > 0 ? t("undone_partly", { name: survivor }) : t("undone"));
    await client.invalidateQueries({ queryKey: keys.everything(workspace) });
  };
}

/** Makes one customer of two: which record stays, whose values, who is the OSC, who is the same person. */
export function MergeDialog({ workspace, firstId, secondId, onClose, onMerged }: Props) {
  const t = useTranslations("customers.merge");
  const [isSwapped, setIsSwapped] = useState(false);
  const [survivorId, loserId] = isSwapped ? [secondId, firstId] : [firstId, secondId];
  const [isMerging, startMerging] = useTransition();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: keys.customers.list(workspace, { merge: [survivorId, loserId] }),
    queryFn: ({ signal }) =>
      readJson<MergePreview>(
        `${paths.api(workspace, "/customers/merge-preview")}?${new URLSearchParams({ survivorId, loserId })}`,
        signal,
      ),
    staleTime: 0,
    // What the merge itself tells every screen would ask once more about two who are one.
    enabled: !isMerging,
  });
  return (
    <Dialog isOpen onClose={onClose} title={t("title")} description={t("description")}>
      <ListFrame
        isLoading={isPending}
        error={error ? errorOf(error) : null}
        onRetry={() => void refetch()}
        isEmpty={false}
        empty={null}
      >
        {data ? (
          <MergeForm
            key={data.survivor.id}
            workspace={workspace}
            preview={data}
            {...{ isMerging, startMerging }}
            onSwap={() => setIsSwapped(!isSwapped)}
            onClose={onClose}
            onMerged={onMerged}
          />
        ) : null}
      </ListFrame>
    </Dialog>
  );
}

type FormProps = {
  workspace: string;
  preview: MergePreview;
  isMerging: boolean;
  startMerging: TransitionStartFunction;
  onSwap: () => void;
  onClose: () => void;
  onMerged: Props["onMerged"];
};

function MergeForm({ workspace, preview, isMerging, startMerging, onSwap, onClose, onMerged }: FormProps) {
  const t = useTranslations("customers.merge");
  const common = useTranslations("common");
  const errors = useCustomerErrors();
  const client = useQueryClient();
  const undo = useUndo(workspace, preview.survivor.name);
  const [failed, setFailed] = useState<PublicError | null>(null);
  const oscs = oscsOf(preview);
  const [decision, setDecision] = useState<MergeDecision>({
    fields: {},
    oscId: oscs.length > 1 ? undefined : oscs[0]?.id,
    persons: preview.persons,
  });
  const merge = () =>
    startMerging(async () => {
      const { survivor, loser } = preview;
      const result = await mergeCustomersAction(workspace, {
        survivorId: survivor.id,
        loserId: loser.id,
        survivorVersion: survivor.version,
        loserVersion: loser.version,
        fields: decision.fields,
        oscId: decision.oscId,
        persons: decision.persons,
      });
      if (!result.ok) return setFailed(result.error);
      const { mergeId, survivorId } = result.data;
      void say(t("done", { name: survivor.name }), { undo: { label: common("undo"), run: () => void undo(mergeId) } });
      onClose();
      onMerged?.(survivorId);
      await client.invalidateQueries({ queryKey: keys.everything(workspace) });
    });
  return (
    <div className="grid gap-5">
      <MergeChoices preview={preview} decision={decision} onChange={setDecision} onSwap={onSwap} />
      {failed ? (
        <p role="alert" className="text-bad">
          {errors.words(failed)}
        </p>
      ) : null}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{common("cancel")}</Button>
        <Button kind="primary" onClick={merge} isBusy={isMerging} disabled={oscs.length > 1 && !decision.oscId}>
          {t("confirm")}
        </Button>
      </div>
    </div>
  );
}
