import Button from '@cloudscape-design/components/button';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { toProblem } from '../api/problem';
import { QueryBoundary } from '../components/QueryBoundary';
import { usePageTitle } from '../components/usePageTitle';
import './audit.css';
import { compareWithWorkflow, NOT_COMPARED, type Comparison } from './compareWithWorkflow';
import { EvidencePanel } from './EvidencePanel';
import { useVerification, useWorkflowState } from './queries';
import { combinePages, NOTHING_RECORDED, type CombinedVerification } from './verification';
import { VerificationResult } from './VerificationResult';

/** The service's verification of one workflow's history, compared with the workflow itself. */
export default function VerificationPage() {
  const { t } = useTranslation('audit');
  usePageTitle(t('verification.title'));
  const { workflowId = '' } = useParams();
  const { result, error, isFetching, verifyAgain } = useResult(workflowId);
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description={t('verification.description')}
          actions={
            <div className="no-print">
              <SpaceBetween direction="horizontal" size="xs">
                <Button href={`#/workflows/${workflowId}`}>{t('record.openWorkflow')}</Button>
                <Button iconName="refresh" loading={isFetching} onClick={verifyAgain}>
                  {t('verification.again')}
                </Button>
              </SpaceBetween>
            </div>
          }
        >
          {t('verification.title')}
        </Header>
      }
    >
      <SpaceBetween size="l">
        <QueryBoundary
          query={{ data: result, error, refetch: verifyAgain }}
          label={t('loading.verification')}
        >
          {(data) => <VerificationResult {...data} />}
        </QueryBoundary>
        {result && (
          <div className="no-print">
            <EvidencePanel workflowId={workflowId} />
          </div>
        )}
      </SpaceBetween>
    </ContentLayout>
  );
}

/** The verification, and the comparison with the workflow once the verification is complete. */
function useResult(workflowId: string) {
  const query = useVerification(workflowId);
  const { verification, isUnknown } = readVerification(workflowId, query);
  const verifiedAt = isUnknown ? query.errorUpdatedAt : query.dataUpdatedAt;
  const isComplete = verification?.isComplete === true && !query.isFetching;
  const workflow = useWorkflowState(workflowId, isComplete ? verifiedAt : null);
  const isShown = !isUnknown || workflow.data !== undefined;
  return {
    result:
      verification && isShown
        ? {
            verification,
            comparison: isComplete ? compare(verification, workflow) : undefined,
            title: workflow.data?.title ?? null,
            checkedAt: new Date(workflow.dataUpdatedAt || verifiedAt),
          }
        : undefined,
    error: isUnknown && !workflow.error ? null : query.error,
    isFetching: query.isFetching || workflow.isFetching,
    verifyAgain: () => void query.refetch(),
  };
}

function readVerification(workflowId: string, { data, error }: ReturnType<typeof useVerification>) {
  // The audit service doesn't know a workflow of which nothing was recorded: its own service might.
  const isUnknown = !data && error !== null && toProblem(error).status === 404;
  const verification = isUnknown ? { ...NOTHING_RECORDED, workflowId } : combinePages(data?.pages ?? []);
  return { verification, isUnknown };
}

function compare(
  verification: CombinedVerification,
  { data, error, dataUpdatedAt }: ReturnType<typeof useWorkflowState>,
): Comparison | undefined {
  if (data) return compareWithWorkflow(verification, data, new Date(dataUpdatedAt));
  return error ? NOT_COMPARED : undefined;
}
