import Box from '@cloudscape-design/components/box';
import ColumnLayout from '@cloudscape-design/components/column-layout';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Scheme } from '../api/types';
import { ChangeList } from '../components/ChangeList';
import { LoadMore } from '../components/LoadMore';
import { QueryBoundary } from '../components/QueryBoundary';
import { Timestamp } from '../components/Timestamp';
import './admin.css';
import { useVersions } from './queries';
import { SchemeDiff } from './SchemeDiff';
import { findSchemeChanges } from './schemeChanges';

/** Shows the versions of a scheme with what each one changed, and compares any two. */
export function VersionHistory({ scheme }: { scheme: Scheme }) {
  const { t } = useTranslation('admin');
  const versions = useVersions(scheme);
  return (
    <SpaceBetween size="l">
      <QueryBoundary query={versions} label={t('history.theVersions')}>
        {({ items }) => (
          <SpaceBetween size="s">
            <Container
              header={
                <Header variant="h2" counter={`(${scheme.version})`}>
                  {t('history.header')}
                </Header>
              }
            >
              <ol className="versions" aria-label={t('history.header')}>
                {items.map((item) => (
                  <li key={item.version}>
                    <Header variant="h3" description={<Author scheme={item} />}>
                      {t(item.version === scheme.version ? 'history.newest' : 'history.version', {
                        version: item.version,
                      })}
                    </Header>
                    <ChangesOf scheme={item} previous={versionBefore(items, item)} />
                  </li>
                ))}
              </ol>
            </Container>
            <LoadMore list={versions} />
          </SpaceBetween>
        )}
      </QueryBoundary>
      {scheme.version > 1 && <Comparison key={scheme.version} scheme={scheme} />}
    </SpaceBetween>
  );
}

function Author({ scheme: { createdBy, createdAt } }: { scheme: Scheme }) {
  const { t } = useTranslation('admin');
  return (
    <>
      {createdBy.name || t('scheme.unknownPerson')} · <Timestamp at={createdAt} />
    </>
  );
}

const versionBefore = (items: Scheme[], { version }: Scheme): Scheme | undefined =>
  items.find((item) => item.version === version - 1);

/** What a version changed. The version before the oldest one in the table is fetched. */
function ChangesOf({ scheme, previous }: { scheme: Scheme; previous: Scheme | undefined }) {
  const { t } = useTranslation('admin');
  const { schemeId, version } = scheme;
  if (version === 1) return <Box color="text-body-secondary">{t('history.first')}</Box>;
  const label = t('history.changes', { version });
  return previous ? (
    <ChangeList changes={findSchemeChanges(previous, scheme)} label={label} />
  ) : (
    <SchemeDiff schemeId={schemeId} from={version - 1} to={version} label={label} />
  );
}

/** Compares any two versions. */
function Comparison({ scheme: { schemeId, version: newest } }: { scheme: Scheme }) {
  const { t } = useTranslation('admin');
  const [range, setRange] = useState({ from: newest - 1, to: newest });
  const options = Array.from({ length: newest }, (_, index) => {
    const version = newest - index;
    return {
      value: String(version),
      label: t(index === 0 ? 'history.newest' : 'history.version', { version }),
    };
  });
  const select = (end: 'from' | 'to') => (
    <FormField label={t(`history.${end}`)}>
      <Select
        options={options}
        selectedOption={options[newest - range[end]] ?? null}
        filteringType={newest > 10 ? 'auto' : 'none'}
        onChange={({ detail }) => setRange({ ...range, [end]: Number(detail.selectedOption.value) })}
      />
    </FormField>
  );
  return (
    <Container header={<Header variant="h2">{t('history.compare')}</Header>}>
      <SpaceBetween size="m">
        <ColumnLayout columns={2}>
          {select('from')}
          {select('to')}
        </ColumnLayout>
        <SchemeDiff schemeId={schemeId} {...range} label={t('history.differences', range)} />
      </SpaceBetween>
    </Container>
  );
}
