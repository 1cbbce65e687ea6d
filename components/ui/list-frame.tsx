"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { FailedState } from "./failed-state";
import { SkeletonRows } from "./skeleton";

type Props = {
  isLoading: boolean;
  error?: { requestId?: string | undefined } | null | undefined;
  onRetry?: () => void;
  isEmpty: boolean;
  empty: ReactNode;
  children: ReactNode;
};

/** The four states of every list: loading, failed, empty, full. */
export function ListFrame({ isLoading, error, onRetry, isEmpty, empty, children }: Props) {
  const t = useTranslations("common");
  if (error) return <FailedState onRetry={onRetry} requestId={error.requestId} />;
  if (isLoading) return <SkeletonRows label={t("loading")} />;
  return <>{isEmpty ? empty : children}</>;
}
