"use client";

import { Trouble } from "@/components/shell/trouble";

type Props = { error: Error & { digest?: string }; reset: () => void };

export default function ErrorPage({ error, reset }: Props) {
  return (
    <main className="min-h-dvh bg-sheet">
      <Trouble digest={error.digest} onRetry={reset} />
    </main>
  );
}
