"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { useLive } from "./live-provider";

type Props = {
  workspace: string;
  /** What such an event begins with, as `handoff` in `handoff.accepted`. */
  nouns: readonly string[];
  /** Only what happens to this customer. */
  customerId?: string;
};

/** How far apart two refreshes are at least, in milliseconds. */
const apart = 1_500;

/** Reads a page that the server rendered anew when somebody else changes what it shows. */
export function LiveRefresh({ workspace, nouns, customerId }: Props) {
  const router = useRouter();
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined);
  const last = useRef(0);
  useEffect(() => () => clearTimeout(waiting.current), []);
  useLive(workspace, (events) => {
    const isOurs = events.some(
      (event) =>
        nouns.includes(event.type.split(".", 1)[0] ?? "") &&
        (customerId === undefined || event.customerId === customerId),
    );
    if (!isOurs || waiting.current !== undefined) return;
    const refresh = () => {
      waiting.current = undefined;
      last.current = Date.now();
      router.refresh();
    };
    waiting.current = setTimeout(refresh, Math.max(0, last.current + apart - Date.now()));
  });
  return null;
}
