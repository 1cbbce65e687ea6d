import { useTranslations } from "next-intl";
import { StatusMark } from "@/components/ui/status-mark";
import type { ProposedItem, Reask } from "@/lib/handoffs/schema";

/** Whether an item is there, in a shape and a word. */
export function ItemStanding({ isPresent }: { isPresent: boolean | null }) {
  const t = useTranslations("handoffs");
  const word = isPresent === null ? "not_applicable" : isPresent ? "present" : "absent";
  return (
    <span className="whitespace-nowrap text-12 text-ink-2">
      <StatusMark state={isPresent === null ? "idle" : isPresent ? "good" : "waiting"} /> {t(word)}
    </span>
  );
}

/** How often the customer was asked again what an item answers. */
export function Reasked({ count }: { count: number }) {
  const t = useTranslations("handoffs");
  return count > 0 ? <span className="block text-12 text-bad">{t("reasked", { count })}</span> : null;
}

/** What a packet says about one item: what is known by itself, and what was written. */
export function ItemWords({ item }: { item: ProposedItem }) {
  const t = useTranslations("handoffs");
  const known =
    item.key === "language"
      ? item.known.map((code) => (code === "he" || code === "en" ? t(`language.${code}`) : code))
      : item.known;
  const isNone = item.key === "promises" && !item.isApplicable && known.length === 0;
  return (
    <div className="min-w-0 text-14 print:text-12">
      {known.length > 0 ? (
        <ul>
          {known.map((each) => (
            <li key={each}>
              <bdi>{each}</bdi>
            </li>
          ))}
        </ul>
      ) : null}
      {item.text ? (
        <p dir="auto" className="whitespace-pre-line">
          {item.text}
        </p>
      ) : null}
      {isNone ? <p>{t("none_made")}</p> : null}
      {known.length === 0 && !item.text && !isNone && item.isApplicable ? (
        <p className="text-ink-3">{t("nothing")}</p>
      ) : null}
    </div>
  );
}

/** A packet to read, item by item, with what was asked again nevertheless. */
export function PacketFacts({ items, reasks = [] }: { items: readonly ProposedItem[]; reasks?: readonly Reask[] }) {
  const t = useTranslations("handoffs");
  return (
    <dl className="grid md:grid-cols-[minmax(0,14rem)_minmax(0,1fr)_8rem]">
      {items.map((item) => (
        <div key={item.key} className="contents">
          <dt className="border-hairline border-t pt-2 pe-6 font-550 text-13">{t(`item.${item.key}`)}</dt>
          <dd className="pb-2 md:border-hairline md:border-t md:pt-2 md:pe-6">
            <ItemWords item={item} />
            {reasks
              .filter(({ key, question }) => key === item.key && question !== "")
              .map(({ id, question }) => (
                <q key={id} dir="auto" className="said block text-13 text-ink-2">
                  {question}
                </q>
              ))}
          </dd>
          <dd className="pb-2 md:border-hairline md:border-t md:pt-2 md:pe-6">
            <ItemStanding isPresent={item.isPresent} />
            <Reasked count={reasks.filter(({ key }) => key === item.key).length} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
