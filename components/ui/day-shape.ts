/** The year of a day that is not in this one, to be written with it. */
export function yearShape(at: string): Intl.DateTimeFormatOptions {
  return new Date(at).getUTCFullYear() === new Date().getUTCFullYear() ? {} : { year: "numeric" };
}

/** How a day is written: by its weekday, and one of another year with its year in place of it. */
export function dayShape(at: string): Intl.DateTimeFormatOptions {
  const year = yearShape(at);
  return { day: "numeric", month: "short", ...(year.year ? year : { weekday: "short" }) };
}
