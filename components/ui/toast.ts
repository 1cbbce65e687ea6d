import type { toast as Sonner } from "sonner";

type Options = { undo?: { label: string; run: () => void }; isError?: boolean };

let loaded: Promise<typeof Sonner> | undefined;

/** Says one line at the bottom for ten seconds, with an Undo when there is one. The code for it loads on first use. */
export async function say(text: string, { undo, isError }: Options = {}): Promise<void> {
  loaded ??= import("sonner").then(({ toast }) => toast);
  window.dispatchEvent(new Event("wheelhouse:toast"));
  const toast = await loaded;
  const options = { duration: 10_000, ...(undo ? { action: { label: undo.label, onClick: undo.run } } : {}) };
  if (isError) toast.error(text, options);
  else toast(text, options);
}
