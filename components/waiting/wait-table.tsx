import type { Route } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { ScrollRegion } from "@/components/ui/scroll-region";
import { type Cause, causes } from "@/lib/waiting/rules";
import type { WaitLine, WaitSpoke } from "@/lib/waiting/schema";
import { partsOf, WaitBar } from "./wait-bar";
import { waitWords } from "./words";

type Props = {
  label: string;
  head: string;
  lines: readonly WaitLine[];
  spokes: readonly WaitSpoke[];
  /** Where the customers behind a line, or behind one cause of it, are listed; none for one customer's own table. */
  open?: (id: string, cause?: Cause) => Route;
};

const cell = "num py-1.5 ps-4 text-end whitespace-nowrap";

function Opened({ href, children }: { href: Route | undefined; children: string | number }) {
  if (!href) return <bdi>{children}</bdi>;
  return (
    <Link href={href} prefetch={false} className="underline decoration-hairline-strong underline-offset-2">
      <bdi>{children}</bdi>
    </Link>
  );
}

/** Departments with their time: a bar of what it went by with, and every figure opening its customers. */
export async function WaitTable({ label, head, lines, spokes, open }: Props) {
  const [t, words] = await Promise.all([getTranslations("waiting"), waitWords(spokes)]);
  const most = Math.max(0, ...lines.map(({ elapsed }) => elapsed));
  const there = causes.filter((cause) => lines.some((line) => line.causes[cause]));
  const figures = [...(open ? (["customers", "median"] as const) : []), "elapsed", "staffed", "share"] as const;
  return (
    <ScrollRegion label={label}>
      <table className="w-full min-w-240 border-collapse text-13">
        <thead>
          <tr className="border-hairline-strong border-b text-12 text-ink-3">
            <th scope="col" className="py-1 text-start font-450">
              {head}
            </th>
            <th scope="col" className="w-60 py-1 ps-4 text-start font-450">
              {t("col.bar")}
            </th>
            {figures.map((column) => (
              <th key={column} scope="col" className="py-1 ps-4 text-end font-450">
                {t(`col.${column}`)}
              </th>
            ))}
            {there.map((cause) => (
              <th key={cause} scope="col" className="py-1 ps-4 text-end font-450">
                {t(`cause.${cause}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.id} className="border-hairline border-b">
              <th scope="row" className="whitespace-nowrap py-1.5 text-start font-550">
                <bdi>{words.party(line.id)}</bdi>
              </th>
              <td className="py-1.5 ps-4">
                <WaitBar parts={partsOf(line.causes)} most={most} />
              </td>
              {open ? (
                <>
                  <td className={cell}>
                    <Opened href={open(line.id)}>{line.customers}</Opened>
                  </td>
                  <td className={cell}>{words.length(line.median)}</td>
                </>
              ) : null}
              <td className={cell}>
                <Opened href={open?.(line.id)}>{words.length(line.elapsed)}</Opened>
              </td>
              <td className={`${cell} text-ink-2`}>{words.length(line.staffed)}</td>
              <td className={cell}>{words.share(line.share)}</td>
              {there.map((cause) => (
                <td key={cause} className={`${cell} text-ink-2`}>
                  {line.causes[cause] ? (
                    <Opened href={open?.(line.id, cause)}>{words.length(line.causes[cause] ?? 0)}</Opened>
                  ) : null}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
