import type { ReactNode } from "react";
import { ScrollRegion } from "./scroll-region";

type TableProps = {
  head: string;
  columns: readonly string[];
  rows: readonly { key: string; name: string; values: readonly (string | number)[]; bad?: number }[];
};

/** Every figure behind a drawing as a table: names in front, numbers behind; `bad` is the place of a value that should worry. */
export function FigureTable({ head, columns, rows }: TableProps) {
  return (
    <table className="mt-2 border-collapse text-12">
      <thead>
        <tr className="border-hairline-strong border-b text-ink-3">
          <th scope="col" className="py-1 pe-3 text-start font-450">
            {head}
          </th>
          {columns.map((column) => (
            <th key={column} scope="col" className="px-3 py-1 text-end font-450">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, name, values, bad }) => (
          <tr key={key} className="border-hairline border-b">
            <th scope="row" className="py-1 pe-3 text-start font-450">
              {name}
            </th>
            {values.map((value, place) => (
              <td key={columns[place]} className={`num px-3 py-1 text-end ${place === bad ? "text-bad" : ""}`}>
                <bdi dir="ltr">{value}</bdi>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Figures of the whole, one under the other. */
export function FigureList({ figures }: { figures: readonly (readonly [name: string, value: string])[] }) {
  return (
    <dl className="mt-3 grid max-w-120 grid-cols-[1fr_auto] gap-x-4 gap-y-1 text-12">
      {figures.map(([name, value]) => (
        <div key={name} className="col-span-2 grid grid-cols-subgrid">
          <dt className="text-ink-2">{name}</dt>
          <dd className="num text-end">
            <bdi dir="ltr">{value}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Figures that are unfolded by who wants to see them. */
export function FigureFold({ title, children }: { title: string; children: ReactNode }) {
  return (
    <details className="pt-6">
      <summary className="cursor-pointer py-1 text-13 font-550">{title}</summary>
      <ScrollRegion label={title}>{children}</ScrollRegion>
    </details>
  );
}
