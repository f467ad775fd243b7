import { formatDate, formatExactTime, formatRelativeTime } from '../i18n/format';

interface Props {
  /** RFC 3339. */
  at: string;
  /** Show how long ago it was. */
  relative?: boolean;
  /** Show seconds and the time zone. */
  exact?: boolean;
}

/** Shows a time in the time zone of the browser, and the exact time on hover. */
export function Timestamp({ at, relative = false, exact = false }: Props) {
  const format = relative ? formatRelativeTime : exact ? formatExactTime : formatDate;
  return (
    <time dateTime={at} title={formatExactTime(at)}>
      {format(at)}
    </time>
  );
}
