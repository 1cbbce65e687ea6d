"use client";

import { Trouble } from "@/components/shell/trouble";

type Props = { error: Error & { digest?: string }; reset: () => void };

/** Inside the frame of a workspace: the places stay at hand. */
export default function WorkspaceErrorPage({ error, reset }: Props) {
  return <Trouble digest={error.digest} onRetry={reset} />;
}
