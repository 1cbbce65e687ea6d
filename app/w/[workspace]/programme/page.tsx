import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ProgrammeScreen } from "@/components/programme/programme-screen";
import type { Context } from "@/lib/context";
import { getProgramme, listProgrammeRows } from "@/lib/osc-programme/queries";
import { ProgrammeInput, ProgrammeRows } from "@/lib/osc-programme/schema";
import { load } from "@/lib/server/page";

type Asked = Record<string, string | string[] | undefined>;
type Props = { params: Promise<{ workspace: string }>; searchParams: Promise<Asked> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("programme"))("title") };
}

async function readPage(ctx: Context, input: ProgrammeInput, asked: ProgrammeRows | null) {
  const programme = await getProgramme(ctx, input);
  const found = asked && (await listProgrammeRows(ctx, asked));
  const behind =
    asked && found ? { input: asked, osc: asked.osc ? (programme.names[asked.osc] ?? null) : null, ...found } : null;
  return { ...programme, behind, zone: ctx.timeZone };
}

/** The OSC programme: lead to appointment to kept to sale, the month's goal, and what others have published. */
export default async function ProgrammePage({ params, searchParams }: Props) {
  const { workspace } = await params;
  const { others, ...rest } = await searchParams;
  const input = ProgrammeInput.safeParse({ month: rest.month });
  const rows = ProgrammeRows.safeParse({ run: rest.run, group: rest.group, osc: rest.osc });
  const page = await load(workspace, readPage, input.data ?? {}, rows.data ?? null);
  return <ProgrammeScreen workspace={workspace} hasOthers={others !== "off"} {...page} />;
}
