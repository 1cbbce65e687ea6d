"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { useWrite } from "@/components/ui/use-write";
import { readNotificationsAction } from "@/lib/notifications/actions";
import { keys } from "@/lib/query-keys";

/** Marks all that stands on the page as read, and nothing that came since. */
export function ReadAllButton({ workspace, upTo }: { workspace: string; upTo: string }) {
  const t = useTranslations("notifications");
  const router = useRouter();
  const client = useQueryClient();
  const { isBusy, error, run } = useWrite();
  const readAll = async () => {
    if (!(await run(() => readNotificationsAction(workspace, { upTo })))) return;
    await client.invalidateQueries({ queryKey: keys.notifications.all(workspace) });
    router.refresh();
  };
  return (
    <>
      <Button isBusy={isBusy} onClick={readAll}>
        {t("read_all")}
      </Button>
      {error}
    </>
  );
}
