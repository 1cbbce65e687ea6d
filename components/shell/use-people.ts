"use client";

import { useQuery } from "@tanstack/react-query";
import type { PersonOption } from "@/lib/members/options";
import { paths } from "@/lib/paths";
import { keys } from "@/lib/query-keys";
import { readJson } from "@/lib/request";

/** The active members to choose from, by name. */
export function usePeople(workspace: string): readonly PersonOption[] {
  const { data } = useQuery({
    queryKey: keys.members.list(workspace, "people"),
    queryFn: ({ signal }) => readJson<{ people: PersonOption[] }>(paths.api(workspace, "/people"), signal),
  });
  return data?.people ?? [];
}
