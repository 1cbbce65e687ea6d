import { useTranslations } from "next-intl";
import { DateTime } from "@/components/ui/date-time";
import { isRole } from "@/lib/auth/roles";
import type { KeyView } from "@/lib/keys/schema";
import { RevokeKey } from "./revoke-key";

type Props = { workspace: string; keys: readonly KeyView[] };

/** The keys of a workspace, those in use first. */
export function KeyTable({ workspace, keys }: Props) {
  const t = useTranslations("keys");
  const head = "py-2 pe-4 text-start font-medium text-12 text-ink-3";
  const cell = "py-2 pe-4 align-top text-13";
  const ordered = [...keys].sort((one, other) => Number(one.revokedAt !== null) - Number(other.revokedAt !== null));
  return (
    <section className="overflow-x-auto" aria-labelledby="keys-list">
      <table className="w-full min-w-xl border-collapse">
        <thead>
          <tr>
            <th className={head}>{t("column.name")}</th>
            <th className={head}>{t("column.role")}</th>
            <th className={head}>{t("column.made")}</th>
            <th className={head}>{t("column.used")}</th>
            <th className={head}>{t("column.state")}</th>
          </tr>
        </thead>
        <tbody>
          {ordered.map((key) => (
            <tr key={key.id} className="border-hairline border-t">
              <td className={cell}>
                <bdi className="font-550">{key.name}</bdi>
                <br />
                <span className="text-12 text-ink-3">
                  {t("ends_with")} <bdi>{key.tail}</bdi>
                </span>
              </td>
              <td className={cell}>{isRole(key.role) ? t(`roles.${key.role}`) : key.role}</td>
              <td className={cell}>
                <DateTime at={key.createdAt} shape="long" />
                {key.createdBy ? (
                  <>
                    <br />
                    <span className="text-12 text-ink-3">{t("by", { name: key.createdBy })}</span>
                  </>
                ) : null}
              </td>
              <td className={cell}>{key.lastUsedAt ? <DateTime at={key.lastUsedAt} /> : t("never")}</td>
              <td className={cell}>
                {key.revokedAt ? (
                  <span className="text-ink-3">{t("revoked")}</span>
                ) : key.isExpired ? (
                  <span className="text-ink-3">{t("expired")}</span>
                ) : (
                  <RevokeKey workspace={workspace} id={key.id} name={key.name} />
                )}
                {key.expiresAt && !key.revokedAt ? (
                  <>
                    <br />
                    <span className="text-12 text-ink-3">
                      {t("until")} <DateTime at={key.expiresAt} shape="long" />
                    </span>
                  </>
                ) : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
