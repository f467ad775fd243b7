import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Spinner from '@cloudscape-design/components/spinner';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { toProblem } from '../api/problem';
import { ProblemAlert } from './ProblemAlert';

interface Props<Data> {
  query: UseQueryResult<Data>;
  /** What is being waited for, as in "Loading the workflow". */
  what: string;
  children: (data: Data) => ReactNode;
}

/** One fetched thing: a spinner until it is there, the problem when it does not come. */
export function QueryBoundary<Data>({ query, what, children }: Props<Data>) {
  if (query.data !== undefined) return children(query.data);
  if (query.error && [400, 404].includes(toProblem(query.error).status)) return <NotFound what={what} />;
  if (query.error) return <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <Box textAlign="center" padding="xxl" color="text-body-secondary">
      <span role="status">
        <Spinner /> Loading {what}
      </span>
    </Box>
  );
}

/** The service tells nobody whether what he may not see exists; a mistyped address is the same to the person. */
function NotFound({ what }: { what: string }) {
  return (
    <div role="alert">
      <Alert
        type="warning"
        header={`You cannot see ${what}`}
        action={<Button href="#/work">Go to my work</Button>}
      >
        There is no such workflow, or you take no part in it. The address may be mistyped.
      </Alert>
    </div>
  );
}
