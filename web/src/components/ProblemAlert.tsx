import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import { toProblem, isRetryable } from '../api/problem';

interface Props {
  error: Error | null;
  onRetry?: () => void;
  /** Pointers that the form shows beside its own fields, and that are not said again here. */
  shownElsewhere?: string[];
}

/** A problem with its title, its detail and the faults that no field shows; nothing when there is none. */
export function ProblemAlert({ error, onRetry, shownElsewhere = [] }: Props) {
  if (!error) return null;
  const problem = toProblem(error);
  const rest = problem.faults.filter(
    ({ pointer }) => !shownElsewhere.some((shown) => pointer === shown || pointer.startsWith(`${shown}/`)),
  );
  return (
    <div role="alert">
      <Alert
        type="error"
        header={problem.title}
        action={onRetry && isRetryable(problem) && <Button onClick={onRetry}>Try again</Button>}
      >
        {problem.detail}
        {rest.length > 0 && (
          <ul>
            {rest.map((fault) => (
              <li key={`${fault.pointer} ${fault.detail}`}>
                <Box variant="code">{fault.pointer || fault.in}</Box> {fault.detail}
              </li>
            ))}
          </ul>
        )}
        {problem.reference && problem.status >= 500 && (
          <div>
            <Box variant="small">Reference for support: {problem.reference}</Box>
          </div>
        )}
      </Alert>
    </div>
  );
}
