import Box from '@cloudscape-design/components/box';
import Spinner from '@cloudscape-design/components/spinner';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ProblemAlert } from './ProblemAlert';

interface Props<Data> {
  query: UseQueryResult<Data>;
  /** What is being waited for, as in "Loading the workflow". */
  what: string;
  children: (data: Data) => ReactNode;
}

/** One fetched thing: a spinner until it is there, the problem when it does not come. */
export function Waiting<Data>({ query, what, children }: Props<Data>) {
  if (query.data !== undefined) return children(query.data);
  if (query.error) return <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <Box textAlign="center" padding="xxl" color="text-body-secondary">
      <span role="status">
        <Spinner /> Loading {what}
      </span>
    </Box>
  );
}
