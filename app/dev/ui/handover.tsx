"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { LiveWheel } from "@/components/wheel/live-wheel";
import type { WheelView } from "@/components/wheel/wheel-view";

type Props = { view: WheelView; isRtl: boolean; ringLabels: readonly [string, string, string] };

/** A wheel to walk round, and a button that hands the baton on. */
export function Handover({ view, isRtl, ringLabels }: Props) {
  const [baton, setBaton] = useState(3);
  return (
    <div className="grid justify-items-center gap-3">
      <Button onClick={() => setBaton((baton + 1) % view.spokes.length)}>Hand over</Button>
      <div className="w-full">
        <LiveWheel
          view={{ ...view, batonSpokeId: `spoke-${baton}` }}
          isRtl={isRtl}
          ringLabels={ringLabels}
          onOpen={() => undefined}
        />
      </div>
    </div>
  );
}
