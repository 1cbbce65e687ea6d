"use client";

import { useEffect, useState } from "react";

/** The time, first as the server had it so that both draw the same, then every `seconds`. */
export function useNow(serverNow: string, seconds = 15): number {
  const [now, setNow] = useState(() => new Date(serverNow).getTime());
  useEffect(() => {
    const tick = () => setNow(Date.now());
    tick();
    const timer = setInterval(tick, seconds * 1000);
    return () => clearInterval(timer);
  }, [seconds]);
  return now;
}
