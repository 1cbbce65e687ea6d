import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { DateTime } from "@/components/ui/date-time";
import type { HandoffState } from "@/lib/handoffs/schema";
import { paths } from "@/lib/paths";
import { HandoffStanding } from "./handoff-line";

type Props = {
  workspace: string;
  customerId: string;
  standing: { state: HandoffState; dueAccept: string | null } | null;
};

/** The way from a customer's Wheel to her packet and to where her time went, with the handoff that stands on her. */
export async function WheelHandoff({ workspace, customerId, standing }: Props) {
  const [t, waiting] = await Promise.all([getTranslations("handoffs"), getTranslations("waiting")]);
  return (
    <p className="no-print flex flex-wrap items-baseline gap-x-4 border-hairline border-b px-4 py-1.5 text-12 md:px-7">
      <Link
        href={paths.packet(workspace, customerId)}
        prefetch={false}
        className="underline decoration-hairline-strong underline-offset-2"
      >
        {t("to_packet")}
      </Link>
      <Link
        href={paths.customerWaiting(workspace, customerId)}
        prefetch={false}
        className="underline decoration-hairline-strong underline-offset-2"
      >
        {waiting("one.where")}
      </Link>
      {standing ? <HandoffStanding state={standing.state} /> : null}
      {standing?.state === "proposed" && standing.dueAccept ? (
        <span className="text-ink-3">
          {t("accept_by")} <DateTime at={standing.dueAccept} />
        </span>
      ) : null}
    </p>
  );
}
