"use client";

import { type ComponentType, useEffect, useState } from "react";

type Part<Props> = { fetch: () => Promise<ComponentType<Props>>; fetched?: ComponentType<Props> };

function LatePart<Props extends object>({ part, props }: { part: Part<Props>; props: Props }) {
  const [Fetched, setFetched] = useState(() => part.fetched);
  const [failure, setFailure] = useState<unknown>();
  useEffect(() => {
    if (Fetched) return;
    part.fetch().then((fetched) => {
      part.fetched = fetched;
      setFetched(() => fetched);
    }, setFailure);
  }, [Fetched, part]);
  // The screen's own error boundary says what to do.
  if (failure !== undefined) throw failure;
  return Fetched ? <Fetched {...props} /> : null;
}

/**
 * A part of a screen that is fetched when it is first asked for by a key or a click, and drawn as soon as it is there. React
 * holds a lazy component back for 300 ms once its empty place was shown, however soon it came.
 */
export function late<Props extends object>(fetch: Part<Props>["fetch"]): ComponentType<Props> {
  const part: Part<Props> = { fetch };
  return Object.assign((props: Props) => <LatePart part={part} props={props} />, { displayName: "Late" });
}
