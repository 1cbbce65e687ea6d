/** How far a job is, 0 to 1; null while nobody knows. */
export function Progress({ share, label }: { share: number | null; label: string }) {
  return (
    <svg
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={share === null ? undefined : Math.round(share * 100)}
      viewBox="0 0 100 4"
      preserveAspectRatio="none"
      className="h-1 w-full rtl:-scale-x-100"
    >
      <rect width="100" height="4" className="fill-sunk" />
      <rect width={share === null ? 12 : Math.min(1, share) * 100} height="4" className="fill-accent" />
    </svg>
  );
}
