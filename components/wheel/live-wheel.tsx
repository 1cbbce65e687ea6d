"use client";

import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from "react";
import { Wheel } from "./wheel";
import type { WheelView } from "./wheel-view";

type Props = {
  view: WheelView;
  isRtl: boolean;
  ringLabels: readonly [string, string, string];
  onOpen: (spokeId: string) => void;
};

const steps: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** The wheel one can walk round: one tab stop, arrows go from spoke to spoke, Enter opens one; the baton is seen to change hands. */
export function LiveWheel({ view, isRtl, ringLabels, onOpen }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const [focused, setFocused] = useState<string | null>(null);
  const focusedId = focused ?? view.batonSpokeId ?? view.spokes[0]?.id ?? "";
  useBatonTravel(frame, view.batonSpokeId, isRtl);

  const onKeyDown = (event: KeyboardEvent<SVGGElement>) => {
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      onOpen(focusedId);
      return;
    }
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const isSideways = event.key === "ArrowRight" || event.key === "ArrowLeft";
    const place = view.spokes.findIndex(({ id }) => id === focusedId);
    const next = (place + (isRtl && isSideways ? -step : step) + view.spokes.length) % view.spokes.length;
    frame.current?.querySelectorAll<SVGGElement>("[data-spoke]")[next]?.focus();
  };

  return (
    <div ref={frame}>
      <Wheel
        view={view}
        isRtl={isRtl}
        ringLabels={ringLabels}
        controls={{ focusedId, onOpen, onFocus: setFocused, onKeyDown }}
      />
    </div>
  );
}

/** Turns the baton from its old handle to the new one, once, when it changes hands; at once where motion is unwanted. */
function useBatonTravel(frame: RefObject<HTMLDivElement | null>, batonSpokeId: string | null, isRtl: boolean): void {
  const before = useRef<number | null>(null);
  useEffect(() => {
    const baton = frame.current?.querySelector<SVGGElement>("[data-baton]");
    const angle = batonSpokeId && baton ? Number(baton.dataset.baton) : null;
    const from = before.current;
    before.current = angle;
    if (!baton || from === null || angle === null || from === angle) return;
    if (window.matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    const back = ((from - angle + 540) % 360) - 180;
    baton.animate([{ transform: `rotate(${isRtl ? -back : back}deg)` }, { transform: "rotate(0deg)" }], {
      duration: 520,
      easing: "cubic-bezier(0.2, 0.8, 0.2, 1)",
    });
  }, [frame, batonSpokeId, isRtl]);
}
