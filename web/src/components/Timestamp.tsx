import { formatDate, formatExactTime, formatRelativeTime } from '../i18n/format';

interface Props {
  /** RFC 3339. */
  at: string;
  /** Show how long ago it was, with abbreviated units if it is "short". */
  relative?: boolean | 'short';
  /** Show seconds and the time zone. */
  exact?: boolean;
}

/** Shows a time in the time zone of the browser, and the exact time on hover. */
export function Timestamp({ at, relative = false, exact = false }: Props) {
  return (
    <time dateTime={at} title={formatExactTime(at)}>
      {relative
        ? formatRelativeTime(at, new Date(), relative === 'short' ? 'short' : 'long')
        : exact
          ? formatExactTime(at)
          : formatDate(at)}
    </time>
  );
}
