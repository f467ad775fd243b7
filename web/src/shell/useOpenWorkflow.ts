import { matchPath, useLocation } from 'react-router';
import { readWorkUrl } from '../work/workUrl';

/** Return the ID of the workflow that the page shows, also in the preview of the Work page. */
export function useOpenWorkflow(): string | undefined {
  const { pathname, search } = useLocation();
  if (pathname === '/work') return readWorkUrl(new URLSearchParams(search)).selected;
  const { workflowId } = matchPath('/workflows/:workflowId', pathname)?.params ?? {};
  return workflowId === 'new' ? undefined : workflowId;
}
