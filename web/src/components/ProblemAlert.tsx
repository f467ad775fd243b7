import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import { useTranslation } from 'react-i18next';
import { isRetryable, toProblem } from '../api/problem';

interface Props {
  error: Error | null;
  onRetry?: () => void;
  /** Pointers to the fields that show their errors themselves. */
  fieldPointers?: string[];
}

/** Shows a problem, with the field errors that no field shows. Shows nothing if there is no error. */
export function ProblemAlert({ error, onRetry, fieldPointers = [] }: Props) {
  const { t } = useTranslation('components');
  if (!error) return null;
  const problem = toProblem(error);
  const otherErrors = problem.fieldErrors.filter(
    ({ pointer }) => !fieldPointers.some((field) => pointer === field || pointer.startsWith(`${field}/`)),
  );
  return (
    <div role="alert">
      <Alert
        type="error"
        header={problem.title}
        action={onRetry && isRetryable(problem) && <Button onClick={onRetry}>{t('tryAgain')}</Button>}
      >
        {problem.detail}
        {otherErrors.length > 0 && (
          <ul>
            {otherErrors.map(({ pointer, in: location, detail }) => (
              <li key={`${pointer} ${detail}`}>
                <Box variant="code">{pointer || location}</Box> {detail}
              </li>
            ))}
          </ul>
        )}
        {problem.reference && problem.status !== 404 && (
          <div>
            <Box variant="small">{t('reference', { reference: problem.reference })}</Box>
          </div>
        )}
      </Alert>
    </div>
  );
}
