import i18next from 'i18next';
import { isOutcomeUnknown, toProblem } from '../api/problem';
import { useFlashes } from './FlashProvider';
import { useIsMounted } from './useIsMounted';

interface Messages {
  success: string;
  failure: string;
}

/**
 * Report the outcome of a write at the top of the page, so that the user sees it even after leaving the form or dialog
 * that sent it. While that is open, it shows errors itself.
 *
 * Call the result in the options of `useMutation`: callbacks that are passed to `mutate` are skipped after unmounting.
 */
export function useOutcomeMessages<Body>(messagesFor: (body: Body) => Messages) {
  const { showSuccess, showError } = useFlashes();
  const isMounted = useIsMounted();
  return {
    onSuccess: (body: Body) => showSuccess(messagesFor(body).success),
    onError: (error: Error, body: Body) => {
      if (isMounted.current) return;
      const problem = toProblem(error);
      showError(
        messagesFor(body).failure,
        isOutcomeUnknown(problem)
          ? i18next.t('components:outcomeUnknown', { problem: problem.title })
          : i18next.t('components:outcomeFailed', { problem: problem.title, detail: problem.detail }),
      );
    },
  };
}
