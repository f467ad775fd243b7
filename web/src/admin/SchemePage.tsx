import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { Scheme } from '../api/types';
import { QueryBoundary } from '../components/QueryBoundary';
import { Timestamp } from '../components/Timestamp';
import { usePageTitle } from '../components/usePageTitle';
import { useScheme } from '../schemes/useScheme';
import { ApproverPreview } from './ApproverPreview';
import './admin.css';
import { editSchemeHref } from './hrefs';
import { VersionHistory } from './VersionHistory';

/** Shows a scheme: who approves, and what its versions changed. */
export default function SchemePage() {
  const { schemeId = '' } = useParams();
  const { t } = useTranslation('admin');
  const scheme = useScheme(schemeId);
  const name = scheme.data?.name ?? schemeId;
  usePageTitle(name);
  const edit = scheme.data && <Button href={editSchemeHref(schemeId)}>{t('scheme.edit')}</Button>;
  return (
    <ContentLayout
      header={
        <Header variant="h1" actions={edit}>
          {name}
        </Header>
      }
    >
      <QueryBoundary query={scheme} label={t('scheme.theScheme')}>
        {(data) => <SchemeDetails key={schemeId} scheme={data} />}
      </QueryBoundary>
    </ContentLayout>
  );
}

function SchemeDetails({ scheme }: { scheme: Scheme }) {
  const { t } = useTranslation('admin');
  const { schemeId, version, createdAt, createdBy, steps } = scheme;
  return (
    <SpaceBetween size="l">
      <Container header={<Header variant="h2">{t('scheme.details')}</Header>}>
        <KeyValuePairs
          columns={4}
          items={[
            { label: t('scheme.id'), value: <div className="long">{schemeId}</div> },
            { label: t('scheme.version'), value: version },
            { label: t('scheme.changedBy'), value: createdBy.name || t('scheme.unknownPerson') },
            { label: t('scheme.changedAt'), value: <Timestamp at={createdAt} /> },
          ]}
        />
      </Container>
      {steps.map((step) => (
        <Container
          key={step.stepId}
          header={
            <Header variant="h2" description={t('preview.header')}>
              {t('scheme.step', { name: step.name })}
            </Header>
          }
        >
          <ApproverPreview people={step.approvers.users} groups={step.approvers.groups} />
        </Container>
      ))}
      <VersionHistory scheme={scheme} />
    </SpaceBetween>
  );
}
