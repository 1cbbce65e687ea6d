"use client";

import { Trouble } from "@/components/shell/trouble";
import "./globals.css";

type Props = { error: Error & { digest?: string }; reset: () => void };

/** The frame of every page broke: this one stands without it. */
export default function GlobalErrorPage({ error, reset }: Props) {
  return (
    <html lang="en" data-theme="system">
      <body className="bg-sheet">
        <main>
          <Trouble digest={error.digest} onRetry={reset} />
        </main>
      </body>
    </html>
  );
}
