import type { useWrite } from "@/components/ui/use-write";
import type { HandoffView } from "@/lib/handoffs/schema";

/** What each part of a handoff's panel is given. */
export type Part = {
  workspace: string;
  handoff: HandoffView;
  isBusy: boolean;
  /** Writes and reads the page again. */
  act: (does: Parameters<ReturnType<typeof useWrite>["run"]>[0]) => Promise<void>;
};
