const DATE_FORMAT = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const RELATIVE_FORMAT = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['minute', 60],
  ['hour', 3600],
  ['day', 86_400],
];

/** Format an RFC 3339 time in the time zone of the browser. Other texts stay as they are. */
export function formatDate(at: string): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? at : DATE_FORMAT.format(date);
}

/** Format a time of the last seven days as "5 minutes ago", and others as a date. */
export function formatRelativeTime(at: Date, now: Date): string {
  const seconds = (at.getTime() - now.getTime()) / 1000;
  const age = Math.abs(seconds);
  if (age < 60) return 'just now';
  if (age >= 7 * 86_400) return DATE_FORMAT.format(at);
  const [unit, size] = UNITS.findLast(([, minimum]) => age >= minimum) ?? ['minute', 60];
  return RELATIVE_FORMAT.format(Math.trunc(seconds / size), unit);
}

interface Props {
  /** RFC 3339. */
  at: string;
  /** Show how long ago it was. */
  relative?: boolean;
}

/** Shows a time in the time zone of the browser, and the exact time on hover. */
export function Timestamp({ at, relative = false }: Props) {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return <>{at}</>;
  return (
    <time dateTime={at} title={at}>
      {relative ? formatRelativeTime(date, new Date()) : DATE_FORMAT.format(date)}
    </time>
  );
}
