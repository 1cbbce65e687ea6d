import { useTranslations } from "next-intl";
import type { ReadableOperation } from "@/lib/api/readable";

/** One operation: what it does, who may, what goes in and what comes out. */
export function Operation({ operation }: { operation: ReadableOperation }) {
  const t = useTranslations("apidocs");
  const { id, method, path, summary, permission, status, answer, fields } = operation;
  return (
    <article id={id} className="grid gap-2 border-hairline border-t py-4">
      <h2 className="break-all text-14" dir="ltr">
        <span className="font-600">{method}</span> <code>{path}</code>
      </h2>
      <p className="text-14 text-ink-1" lang="en" dir="ltr">
        {summary}
      </p>
      <p className="text-12 text-ink-3">
        {t("who")}:{" "}
        <span lang="en">
          <bdi>{permission}</bdi>
        </span>
      </p>
      {fields.length > 0 ? (
        <details>
          <summary className="cursor-pointer text-13 text-accent-text">
            {t("input")} ({fields.length})
          </summary>
          <dl className="mt-2 grid gap-x-6 gap-y-1.5 md:grid-cols-[14rem_1fr]">
            {fields.map((field) => (
              <div key={`${field.place} ${field.name}`} className="contents">
                <dt className="text-13">
                  <code className="break-all">
                    <bdi>{field.name}</bdi>
                  </code>{" "}
                  <span className="text-12 text-ink-3">{t(`in_${field.place}`)}</span>
                </dt>
                <dd className="mb-1.5 text-12 text-ink-2 md:mb-0">
                  <code className="break-words">
                    <bdi>{field.type}</bdi>
                  </code>
                  {field.isRequired ? <span className="text-ink-3"> · {t("required")}</span> : null}
                  {field.description ? (
                    <span className="block" lang="en" dir="ltr">
                      {field.description}
                    </span>
                  ) : null}
                </dd>
              </div>
            ))}
          </dl>
        </details>
      ) : null}
      <p className="text-12 text-ink-2">
        {t("answer", { status })}{" "}
        {answer ? (
          <code dir="ltr" className="inline-block break-all">
            {answer}
          </code>
        ) : (
          t("none")
        )}
      </p>
    </article>
  );
}
