import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { BoardScreen } from "@/components/board/board-screen";
import { Seed } from "@/components/seed";
import { Messages } from "@/components/ui/messages";
import { getBoard } from "@/lib/board/queries";
import { boardQuery } from "@/lib/board/rules";
import { BoardFilter } from "@/lib/board/schema";
import type { Context } from "@/lib/context";
import { keys } from "@/lib/query-keys";
import { load } from "@/lib/server/page";

type Props = {
  params: Promise<{ workspace: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("board"))("title") };
}

const readPage = async (ctx: Context, filter: BoardFilter) => ({
  board: await getBoard(ctx, filter),
  now: ctx.now.toISOString(),
});

export default async function BoardPage({ params, searchParams }: Props) {
  const { workspace } = await params;
  const filter = BoardFilter.safeParse(await searchParams).data ?? BoardFilter.parse({});
  const { board, now } = await load(workspace, readPage, filter);
  return (
    <Seed entries={[[keys.board.list(workspace, boardQuery(filter)), board]]}>
      <Messages namespaces={["shell", "board"]}>
        <BoardScreen key={boardQuery(filter)} workspace={workspace} params={filter} now={now} />
      </Messages>
    </Seed>
  );
}
