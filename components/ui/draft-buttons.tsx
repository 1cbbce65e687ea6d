"use client";

import { useTranslations } from "next-intl";
import { Button } from "./button";

type Props = {
  isBusy: boolean;
  /** Something was typed that is not saved. */
  isDirty: boolean;
  /** Nothing is lacking that publishing asks for. */
  isComplete: boolean;
  words: { discard: string; publish: string; saveFirst: string };
  onDiscard: () => void;
  onSave: () => void;
  onPublish: () => void;
};

/** What one does with a draft: throw it away, save it, and publish it once it is saved and complete. */
export function DraftButtons({ isBusy, isDirty, isComplete, words, onDiscard, onSave, onPublish }: Props) {
  const common = useTranslations("common");
  return (
    <>
      <Button kind="text" disabled={isBusy} onClick={onDiscard}>
        {words.discard}
      </Button>
      <Button onClick={onSave} isBusy={isBusy} disabled={!isDirty}>
        {common("save")}
      </Button>
      <Button
        kind="primary"
        disabled={isDirty || !isComplete || isBusy}
        title={isDirty ? words.saveFirst : undefined}
        onClick={onPublish}
      >
        {words.publish}
      </Button>
    </>
  );
}
