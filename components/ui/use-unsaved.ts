"use client";

import { useState } from "react";
import { useUnloadWarning } from "./use-unload-warning";

type Unsaved = {
  isDirty: boolean;
  /** Something was edited. */
  edited: () => void;
  /** What was on the screen when this was made is saved; what was edited since is not. */
  saved: () => void;
};

/** Whether something was edited that was not saved; the browser asks before it is left behind. */
export function useUnsaved(): Unsaved {
  const [edits, setEdits] = useState(0);
  const [savedEdits, setSavedEdits] = useState(0);
  const isDirty = edits !== savedEdits;
  useUnloadWarning(isDirty);
  return { isDirty, edited: () => setEdits((before) => before + 1), saved: () => setSavedEdits(edits) };
}
