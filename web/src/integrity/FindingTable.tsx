import Box from '@cloudscape-design/components/box';
import Link from '@cloudscape-design/components/link';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useTranslation } from 'react-i18next';
import type { IntegrityFinding } from '../api/types';
import { recordHref } from '../components/recordHref';
import { SimpleTable } from '../components/SimpleTable';
import { Timestamp } from '../components/Timestamp';
import { formatNumber } from '../i18n/format';
import { findingSentence } from '../proof/findings';

/** A table of what doesn't match between the audit trail, the log, and the manifests. */
export function FindingTable({ open, items }: { open: number; items: IntegrityFinding[] }) {
  const { t } = useTranslation('integrity');
  return (
    <SimpleTable
      title={t('findings.title')}
      counter={`(${formatNumber(open)})`}
      description={t('findings.description')}
      items={items}
      empty={<StatusIndicator type="success">{t('findings.none')}</StatusIndicator>}
      columns={[
        {
          id: 'finding',
          header: t('findings.finding'),
          minWidth: 200,
          cell: ({ code }) => findingSentence(code) || t('findings.unknown', { code }),
        },
        {
          id: 'subject',
          header: t('findings.subject'),
          minWidth: 150,
          cell: (item) => <Subject finding={item} />,
        },
        { id: 'detail', header: t('findings.detail'), minWidth: 200, cell: ({ detail }) => detail },
        {
          id: 'first',
          header: t('findings.firstSeen'),
          minWidth: 120,
          cell: ({ firstSeen }) => <Timestamp at={firstSeen} exact />,
        },
        {
          id: 'last',
          header: t('findings.lastSeen'),
          minWidth: 120,
          cell: ({ lastSeen }) => <Timestamp at={lastSeen} exact />,
        },
        {
          id: 'code',
          header: t('findings.code'),
          minWidth: 140,
          cell: ({ code }) => <Box variant="code">{code}</Box>,
        },
      ]}
    />
  );
}

function Subject({ finding: { workflowId, datasetId, subject } }: { finding: IntegrityFinding }) {
  if (workflowId) return <Link href={`#/workflows/${workflowId}/verification`}>{subject}</Link>;
  return datasetId ? <Link href={recordHref(datasetId)}>{subject}</Link> : subject;
}
