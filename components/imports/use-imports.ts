"use client";

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type {
  ImportPage,
  ImportPreset,
  ImportPreview,
  ImportReport,
  ImportStatus,
  Mapping,
} from "@/lib/imports/schema";
import { paths } from "@/lib/paths";
import { keys } from "@/lib/query-keys";
import { readJson } from "@/lib/request";

const moving: ReadonlySet<ImportStatus> = new Set(["queued", "running", "undoing"]);

/** Whether something is still happening to an import. */
export function isMoving({ status }: { status: ImportStatus }): boolean {
  return moving.has(status);
}

/** The imports of the workspace, page by page; asked again while one of them moves. */
export function useImports(workspace: string) {
  return useInfiniteQuery({
    queryKey: keys.imports.list(workspace),
    queryFn: ({ pageParam, signal }) =>
      readJson<ImportPage>(paths.api(workspace, `/imports${pageParam ? `?before=${pageParam}` : ""}`), signal),
    initialPageParam: "",
    getNextPageParam: (last: ImportPage) => last.nextCursor,
    refetchInterval: ({ state }) => (state.data?.pages.some((page) => page.data.some(isMoving)) ? 2_000 : false),
  });
}

/** One import; live events make it stale, and it is asked again while it moves, so that a lost stream costs nothing. */
export function useImport(workspace: string, id: string) {
  return useQuery({
    queryKey: keys.imports.one(workspace, id),
    queryFn: ({ signal }) => readJson<ImportReport>(paths.api(workspace, `/imports/${id}`), signal),
    refetchInterval: ({ state }) => (state.data && isMoving(state.data) ? 1_000 : false),
  });
}

export type Draft = { files: string[]; preset: ImportPreset | null; mapping: Mapping | null };

/** What the uploaded files would become; asked once there is a file. */
export function usePreview(workspace: string, { files, preset, mapping }: Draft) {
  const search = new URLSearchParams({ files: files.join(",") });
  if (preset) search.set("preset", preset);
  if (mapping) search.set("mapping", JSON.stringify(mapping));
  return useQuery({
    queryKey: keys.imports.one(workspace, "preview", search.toString()),
    queryFn: ({ signal }) => readJson<ImportPreview>(paths.api(workspace, `/imports/preview?${search}`), signal),
    enabled: files.length > 0,
    placeholderData: (before) => before,
  });
}
