type Props = {
  k: number;
  n: number;
  lo: number | null;
  hi: number | null;
  noData: string;
  needs: (more: number) => string;
};

/** A share as people read it, to one decimal. */
export const percent = (share: number) => `${(share * 100).toFixed(1)} %`;

/** Point, k/n, interval, in that order; "no data" in words, and grey below twenty with how many more it needs. */
export function RateText({ k, n, lo, hi, noData, needs }: Props) {
  if (n === 0 || lo === null || hi === null) return <span className="text-ink-3">{noData}</span>;
  const isThin = n < 20;
  return (
    <span className={isThin ? "text-ink-3" : undefined}>
      <bdi className="num">
        {percent(k / n)}{" "}
        <span className="text-12 text-ink-3">
          {k}/{n} ·{" "}
          <span className="whitespace-nowrap">
            {percent(lo)}–{percent(hi)}
          </span>
        </span>
      </bdi>
      {isThin ? <span className="ms-2 text-12">{needs(20 - n)}</span> : null}
    </span>
  );
}
