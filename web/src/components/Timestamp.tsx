const FORMAT = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const RELATIVE = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['minute', 60],
  ['hour', 3600],
  ['day', 86_400],
];

/** "5 minutes ago" for what is less than a week old, the date for the rest. Seconds count as "just now". */
export function formatRelativeTime(at: Date, now: Date): string {
  const seconds = (at.getTime() - now.getTime()) / 1000;
  const age = Math.abs(seconds);
  if (age < 60) return 'just now';
  if (age >= 7 * 86_400) return FORMAT.format(at);
  const [unit, size] = STEPS.findLast(([, from]) => age >= from) ?? ['minute', 60];
  return RELATIVE.format(Math.trunc(seconds / size), unit);
}

/** A time in the reader's own zone, the exact instant on hover. `short` says how long ago it was. */
export function Timestamp({ at, short = false }: { at: string; short?: boolean }) {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return <>{at}</>;
  return (
    <time dateTime={at} title={at}>
      {short ? formatRelativeTime(date, new Date()) : FORMAT.format(date)}
    </time>
  );
}
