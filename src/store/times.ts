/**
 * Times are kept as ISO-8601 text in UTC with milliseconds: 24 characters whose alphabetical order is the order of time.
 * Text comes back the same from every driver; 64-bit integers come back as number, bigint or string, each in its way.
 */

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const WEEK = 7 * DAY;
export const YEAR = 365 * DAY;

/** Milliseconds since 1970 -> stored text. Throws a RangeError outside the years 0 to 9999, where the order would break. */
export function toText(ms: number): string {
  const text = new Date(ms).toISOString();
  if (text.length !== 24) throw new RangeError('A time to keep must lie between the years 0 and 9999.');
  return text;
}

/** The beginning of the hour or day (UTC) in which `ms` lies: times of members are kept no finer than they are needed. */
export function beginningOf(unit: typeof HOUR | typeof DAY, ms: number): number {
  return Math.floor(ms / unit) * unit;
}

/** Stored text -> milliseconds since 1970. */
export function fromText(text: string): number {
  return Date.parse(text);
}

/** Milliseconds since 1970 -> its month in UTC, `YYYY-MM`. */
export function monthOf(ms: number): string {
  return toText(ms).slice(0, 7);
}

/** Milliseconds since 1970 -> its day in UTC, `YYYY-MM-DD`. */
export function dayOf(ms: number): string {
  return toText(ms).slice(0, 10);
}
