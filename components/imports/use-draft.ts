"use client";

import { useSearchParams } from "next/navigation";
import { Mapping } from "@/lib/imports/schema";
import type { Draft } from "./use-imports";

function readMapping(text: string | null): Mapping | null {
  if (!text) return null;
  try {
    return Mapping.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** The import one is preparing. It lives in the address, so that a reload loses nothing. */
export function useDraft(): [Draft, (draft: Draft) => void] {
  const search = useSearchParams();
  const draft: Draft = {
    files: (search.get("files") ?? "").split(",").filter((id) => id !== ""),
    preset: search.get("preset") === "olist" ? "olist" : null,
    mapping: readMapping(search.get("mapping")),
  };
  const save = ({ files, preset, mapping }: Draft) => {
    const next = new URLSearchParams();
    if (files.length > 0) next.set("files", files.join(","));
    if (preset) next.set("preset", preset);
    if (mapping) next.set("mapping", JSON.stringify(mapping));
    window.history.replaceState(null, "", next.size > 0 ? `?${next}` : window.location.pathname);
  };
  return [draft, save];
}
