"use client";

import { Button } from "@/components/ui/button";
import { SmallWheel } from "@/components/ui/small-wheel";
import en from "@/lib/messages/en/trouble.json";
import he from "@/lib/messages/he/trouble.json";

type Props = { digest?: string | undefined; onRetry: () => void };

/** Goes to the start by a full load, so that nothing of the broken page stays. */
function leave(): void {
  window.location.href = new URL("/", window.location.origin).href;
}

/** A page that broke: what is safe, how to go on. It brings its own words, because whatever gives words may be what broke. */
export function Trouble({ digest, onRetry }: Props) {
  const words = typeof document !== "undefined" && document.documentElement.lang === "he" ? he : en;
  return (
    <div role="alert" className="grid justify-items-start gap-3 px-4 py-16 md:px-7">
      <SmallWheel involved={[]} baton={-1} className="size-12" />
      <h1 className="title text-balance">{words.title}</h1>
      <p className="max-w-[46em] text-14 text-ink-2">{words.safe}</p>
      <div className="flex flex-wrap items-center gap-2">
        <Button kind="primary" onClick={onRetry}>
          {words.retry}
        </Button>
        <Button onClick={leave}>{words.start}</Button>
      </div>
      {digest ? (
        <p className="text-12 text-ink-3">
          {words.number} <bdi className="num">{digest}</bdi>
        </p>
      ) : null}
    </div>
  );
}
