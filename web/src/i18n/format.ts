import i18next from 'i18next';
import { currentLanguage } from '.';

/** Milliseconds since 1970, or an RFC 3339 text. */
type Time = Date | string;

const formats = new Map<string, Intl.DateTimeFormat>();

function dateFormat(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${currentLanguage()} ${JSON.stringify(options)}`;
  const format = formats.get(key) ?? new Intl.DateTimeFormat(currentLanguage(), options);
  formats.set(key, format);
  return format;
}

function formatWith(options: Intl.DateTimeFormatOptions, at: Time): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? String(at) : dateFormat(options).format(date);
}

/** Format a time as "Nov 25, 2026, 9:30 AM" in the time zone of the browser. Other texts stay as they are. */
export const formatDate = (at: Time): string => formatWith({ dateStyle: 'medium', timeStyle: 'short' }, at);

/** Format a time with seconds and the time zone, for audit records. */
export const formatExactTime = (at: Time): string =>
  formatWith(
    {
      year: 'numeric',
      month: 'short',
      day: 'numeric',
      hour: 'numeric',
      minute: '2-digit',
      second: '2-digit',
      timeZoneName: 'short',
    },
    at,
  );

const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['minute', 60],
  ['hour', 3600],
  ['day', 86_400],
];

/** Format a time of the last seven days as "5 minutes ago", and others as a date. */
export function formatRelativeTime(
  at: Time,
  now: Date = new Date(),
  style: Intl.RelativeTimeFormatStyle = 'long',
): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return String(at);
  const seconds = (date.getTime() - now.getTime()) / 1000;
  const age = Math.abs(seconds);
  if (age < 60) return i18next.t('components:time.justNow');
  if (age >= 7 * 86_400) return formatDate(date);
  const [unit, size] = UNITS.findLast(([, minimum]) => age >= minimum) ?? ['minute', 60];
  const format = new Intl.RelativeTimeFormat(currentLanguage(), { numeric: 'auto', style });
  return format.format(Math.trunc(seconds / size), unit);
}

/** Format a number by the rules of the language, for example 1,234.5. */
export const formatNumber = (value: number): string => new Intl.NumberFormat(currentLanguage()).format(value);
