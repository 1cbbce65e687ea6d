import type { MarkState } from "@/components/ui/status-mark";

export type WheelSpoke = {
  id: string;
  code: string;
  name: string;
  /** 1 to 8: its colour. */
  position: number;
  person: string | null;
  state: MarkState;
  /** What the mark says: "6 d ago", "waits for selections". */
  stateText: string;
  touches: { ageDays: number; twoWay: boolean }[];
  /** How the latest rated contact was for the customer; absent when none was rated. */
  light?: { tone: "positive" | "neutral" | "negative"; text: string };
  promises: { id: string; state: "open" | "kept" | "late" }[];
  /** Stages of this sector; `isClosing` ones of the first spoke lie before twelve. */
  stations: { id: string; name: string; state: "done" | "current" | "ahead"; isClosing: boolean }[];
};

/** Everything the wheel draws; words are already in the reader's language. */
export type WheelView = {
  customerName: string;
  oscName: string;
  oscSince: string;
  /** Address of the OSC's photo; null when she has none. */
  oscPhoto: string | null;
  /** Departments in rim order, without the hub. */
  spokes: WheelSpoke[];
  /** Null: the OSC holds the baton. */
  batonSpokeId: string | null;
  current: { label: string; name: string; detail: string } | null;
  next: {
    label: string;
    name: string;
    detail: string;
    spokeId: string | null;
    /** Elapsed over due; null without a clock. */
    ratio: number | null;
    lateText: string | null;
    stepText: string | null;
  } | null;
  /** What the hub shows on phones: a day or the lateness. */
  brief: { large: string; small: string };
  /** The statement above the wheel: its text alternative. */
  statement: string;
};
