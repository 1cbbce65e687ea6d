import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { paths } from "@/lib/paths";
import type { TemplateSummary } from "@/lib/templates/schema";
import { TemplateActions } from "./template-actions";

type Props = { workspace: string; templates: readonly TemplateSummary[]; canEdit: boolean };

/** Every template with its versions, the newest first; old versions stay readable as long as anybody runs on them. */
export function TemplateList({ workspace, templates, canEdit }: Props) {
  const t = useTranslations("templates");
  const number = new Intl.NumberFormat(useLocale());
  const head = "py-2 pe-4 font-medium text-12 text-ink-3";
  const cell = "py-2 pe-4 text-13";
  return (
    <section aria-labelledby="templates" className="relative overflow-x-auto px-4 pb-10 md:px-7">
      <table className="w-full min-w-2xl border-collapse">
        <caption id="templates" className="sr-only">
          {t("title")}
        </caption>
        <thead>
          <tr>
            <th scope="col" className={`${head} text-start`}>
              {t("name")}
            </th>
            <th scope="col" className={`${head} text-start`}>
              {t("state")}
            </th>
            <th scope="col" className={`${head} text-end`}>
              {t("stages")}
            </th>
            <th scope="col" className={`${head} text-end`}>
              {t("running")}
            </th>
            <th scope="col" className={`${head} text-start`}>
              <span className="sr-only">{t("actions")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {templates.map((template) => (
            <tr key={template.id} className="border-hairline border-t">
              <th scope="row" className={`${cell} text-start font-550`}>
                <Link href={paths.template(workspace, template.id)} prefetch={false} className="hover:underline">
                  <bdi>{template.name}</bdi>
                </Link>{" "}
                <span className="ms-2 font-normal text-12 text-ink-3">{t("version", { number: template.number })}</span>
              </th>
              <td className={cell}>
                {t(`states.${template.status}`)}{" "}
                {template.isDefault ? <span className="ms-2 text-12 text-ink-3">{t("is_default")}</span> : null}
              </td>
              <td className={`${cell} num text-end`}>{number.format(template.stages)}</td>
              <td className={`${cell} num text-end`}>{number.format(template.running)}</td>
              <td className="py-1.5 text-end">
                {canEdit && template.status === "published" ? (
                  <TemplateActions
                    workspace={workspace}
                    template={template}
                    draftId={
                      templates.find(({ key, status }) => key === template.key && status === "draft")?.id ?? null
                    }
                  />
                ) : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
