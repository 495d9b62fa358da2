/** Moments in words, as Discord writes them. All of it is pure: `now` is handed in. */

/** Kept, because each takes longer to make than all that it ever writes. */
const formats = new Map<string, Intl.DateTimeFormat>();

function part(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options);
  const format = formats.get(key) ?? new Intl.DateTimeFormat(locale, options);
  formats.set(key, format);
  return format;
}

const styles: Record<string, Intl.DateTimeFormatOptions> = {
  t: { timeStyle: 'short' },
  T: { timeStyle: 'medium' },
  d: { dateStyle: 'short' },
  D: { dateStyle: 'long' },
  f: { dateStyle: 'long', timeStyle: 'short' },
  F: { dateStyle: 'full', timeStyle: 'short' },
  s: { dateStyle: 'short', timeStyle: 'short' },
  S: { dateStyle: 'short', timeStyle: 'medium' },
};

const isMoment = (ms: number) => Number.isFinite(new Date(ms).getTime());

/** `<t:…:style>`; "Invalid Date" for moments that no calendar has. */
export function styled(ms: number, style: string, now: number, locale: string): string {
  if (!isMoment(ms)) return 'Invalid Date';
  if (style === 'R') return ago(ms, now, locale);
  return part(locale, styles[style] ?? styles.f ?? {}).format(ms);
}

const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 365 * 86_400],
  ['month', 30 * 86_400],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
];

/** "3 minutes ago", "in 2 days". */
export function ago(ms: number, now: number, locale: string): string {
  const seconds = Math.round((ms - now) / 1000);
  const [unit, size] = steps.find(([, least]) => Math.abs(seconds) >= least) ?? ['second', 1];
  return new Intl.RelativeTimeFormat(locale, { numeric: seconds === 0 ? 'auto' : 'always' }).format(
    Math.trunc(seconds / size),
    unit,
  );
}

/** Beside a name: the time today, "Yesterday at …", else the date. */
export function said(ms: number, now: number, locale: string): string {
  const time = part(locale, styles.t ?? {}).format(ms);
  const days = Math.round((dayOf(now) - dayOf(ms)) / 86_400_000);
  if (days === 0) return time;
  if (days === 1) return `Yesterday at ${time}`;
  return part(locale, { dateStyle: 'short', timeStyle: 'short' }).format(ms);
}

export const clockTime = (ms: number, locale: string): string => part(locale, styles.t ?? {}).format(ms);

/** Between the messages of two days. */
export const dayNamed = (ms: number, locale: string): string => part(locale, styles.D ?? {}).format(ms);

/** For the title of a time: everything. */
export const whole = (ms: number, locale: string): string =>
  isMoment(ms) ? part(locale, styles.F ?? {}).format(ms) : 'Invalid Date';

const dayOf = (ms: number) => new Date(ms).setHours(12, 0, 0, 0);
