"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { boardQuery, withCardMoved } from "@/lib/board/rules";
import type { Board } from "@/lib/board/schema";
import { moveJourneyAction } from "@/lib/journeys/actions";
import { paths } from "@/lib/paths";
import { keys } from "@/lib/query-keys";
import { readJson, unwrap } from "@/lib/request";

export type BoardParams = { by: "stage" | "spoke"; who?: "mine" | "all" | undefined; template?: string | undefined };

/** What a move says besides where to. */
export type MoveInput = {
  journeyId: string;
  customerId: string;
  version: number;
  toStageId: string;
  reason?: string;
  need?: string;
  fields?: Record<string, string>;
};

/** The board of this filter; live events make it stale. */
export function useBoard(workspace: string, params: BoardParams) {
  const query = boardQuery(params);
  return useQuery({
    queryKey: keys.board.list(workspace, query),
    queryFn: ({ signal }) => readJson<Board>(paths.api(workspace, `/board${query ? `?${query}` : ""}`), signal),
    refetchInterval: 300_000,
  });
}

/** Moves the row at once and puts it back if the server refuses; busy until the board was read again. */
export function useMoveCard(workspace: string, params: BoardParams) {
  const client = useQueryClient();
  const queryKey = keys.board.list(workspace, boardQuery(params));
  return useMutation({
    mutationFn: async (input: MoveInput) => unwrap(await moveJourneyAction(workspace, input)),
    onMutate: async ({ journeyId, toStageId }) => {
      await client.cancelQueries({ queryKey });
      const before = client.getQueryData<Board>(queryKey);
      if (before) client.setQueryData(queryKey, withCardMoved(before, journeyId, toStageId));
      return { before };
    },
    onError: (_error, _input, context) => {
      if (context?.before) client.setQueryData(queryKey, context.before);
    },
    onSettled: () => client.invalidateQueries({ queryKey: keys.board.all(workspace) }),
  });
}
