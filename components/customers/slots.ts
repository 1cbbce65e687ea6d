import type { ReactNode } from "react";
import type { BulkSelection } from "@/lib/bulk/schema";
import type { ListFrame } from "@/lib/customers/list-schema";
import type { SavedViewView } from "@/lib/views/schema";

/** What the row of saved views gets of the list. */
export type ViewSlot = {
  views: readonly SavedViewView[];
  query: string;
  currentId: string | null;
  onOpen: (view: SavedViewView | null) => void;
  onChanged: (currentId?: string | null) => void;
};

/** What can be done with those who are chosen gets of the list. */
export type SelectedSlot = {
  selection: BulkSelection;
  oscs: ListFrame["oscs"];
  /** What was asked for has begun: nobody is chosen any more. */
  onDone: () => void;
};

/** What the page puts into the list: other nouns draw it. */
export type ListSlots = {
  renderViews: (slot: ViewSlot) => ReactNode;
  /** Null when this member has nothing to do with several at once; then there is nothing to choose. */
  renderSelected: ((slot: SelectedSlot) => ReactNode) | null;
  /** What goes on in the background, above the filters. */
  renderNotices: () => ReactNode;
  /** What can be done with the list as it is filtered, in the head of the page. */
  renderActions: (query: string) => ReactNode;
};
