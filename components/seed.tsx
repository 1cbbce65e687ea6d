"use client";

import { type QueryKey, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";

/** Puts what the page read on the server into the query cache before its components ask. */
export function Seed({
  entries,
  children,
}: {
  entries: readonly (readonly [QueryKey, unknown])[];
  children: ReactNode;
}) {
  const client = useQueryClient();
  useState(() => {
    for (const [key, value] of entries) client.setQueryData(key, value);
  });
  return <>{children}</>;
}
