const isInstant = /(_at|_since|_until)$/;

/** A row that PostgreSQL sent as jsonb, with camel-case keys and instants as dates. */
export function fromJsonRow<Row>(row: unknown): Row {
  const entries = Object.entries(row as Record<string, unknown>).map(([key, value]) => [
    key.replace(/_([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase()),
    isInstant.test(key) && typeof value === "string" ? new Date(value) : value,
  ]);
  return Object.fromEntries(entries) as Row;
}
