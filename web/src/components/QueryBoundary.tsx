import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Skeleton from '@cloudscape-design/components/skeleton';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { toProblem } from '../api/problem';
import { EmptyState } from './EmptyState';
import { ProblemAlert } from './ProblemAlert';

interface Props<Data> {
  query: { data: Data | undefined; error: Error | null; refetch: () => unknown };
  /** What is loading, for example "the workflow". */
  label: string;
  /** What to show instead of the children if the data is a list without items. */
  empty?: ReactNode;
  children: (data: Data) => ReactNode;
}

/** Shows a query's data, or that it is loading, failed, not available, or empty. */
export function QueryBoundary<Data>({ query, label, empty, children }: Props<Data>) {
  const { data, error } = query;
  const alert = <ProblemAlert error={error} onRetry={() => void query.refetch()} />;
  if (data !== undefined) {
    const content = empty !== undefined && isEmptyList(data) ? empty : children(data);
    // After a failed refresh, the data that was loaded before is still useful.
    return error ? (
      <SpaceBetween size="m">
        {alert}
        <div>{content}</div>
      </SpaceBetween>
    ) : (
      content
    );
  }
  if (error && isNotAvailable(error)) return <NotAvailable label={label} />;
  if (error) return alert;
  return <Placeholder label={label} />;
}

function Placeholder({ label }: { label: string }) {
  const { t } = useTranslation('components');
  return (
    <SpaceBetween size="m">
      <span role="status" className="visually-hidden">
        {t('loadingItem', { item: label })}
      </span>
      <Skeleton variant="text-heading-m" width="40%" />
      <Skeleton height="120px" />
    </SpaceBetween>
  );
}

const isEmptyList = (data: unknown): boolean =>
  typeof data === 'object' &&
  data !== null &&
  'items' in data &&
  Array.isArray(data.items) &&
  data.items.length === 0;

/** A mistyped ID is a 400. A 404 doesn't tell whether the item exists. For the user, both are the same. */
const isNotAvailable = (error: Error): boolean => [400, 404].includes(toProblem(error).status);

function NotAvailable({ label }: { label: string }) {
  const { t } = useTranslation('components');
  return (
    <div role="alert">
      <EmptyState
        title={t('notAvailable.title', { item: label })}
        action={<Button href="#/work">{t('notAvailable.action')}</Button>}
      >
        {t('notAvailable.detail')}
      </EmptyState>
    </div>
  );
}
