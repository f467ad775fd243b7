import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useTranslation } from 'react-i18next';
import { toProblem } from '../api/problem';
import type { NamedPerson } from '../people/people';
import './admin.css';
import { useMembersOfGroups } from './queries';

interface Props {
  people: NamedPerson[];
  groups: string[];
}

/** Shows by name who will approve, with the members that the groups have now. */
export function ApproverPreview({ people, groups }: Props) {
  const { t } = useTranslation('admin');
  const results = useMembersOfGroups(groups);
  const isLoading = results.some(({ isPending }) => isPending);
  const members = results.flatMap(({ data }) => data?.members ?? []);
  const count = new Set([...people, ...members].map(({ userId }) => userId)).size;
  const isComplete = results.every(({ data, error }) =>
    error ? toProblem(error).status === 404 : data?.hasMore === false,
  );
  return (
    <SpaceBetween size="s">
      {isLoading ? (
        <StatusIndicator type="loading">{t('preview.loading')}</StatusIndicator>
      ) : (
        <Summary count={count} isComplete={isComplete} />
      )}
      {people.length > 0 && <Names title={t('preview.people')} people={people} />}
      {groups.map((group, index) => {
        const { data, error } = results[index] ?? {};
        return (
          <Names
            key={group}
            title={t('preview.members', { group })}
            people={data?.members ?? []}
            hasMore={data?.hasMore}
            note={
              error
                ? t(toProblem(error).status === 404 ? 'preview.noGroup' : 'preview.failed')
                : data?.members.length === 0
                  ? t('preview.noMembers')
                  : undefined
            }
          />
        );
      })}
    </SpaceBetween>
  );
}

function Summary({ count, isComplete }: { count: number; isComplete: boolean }) {
  const { t } = useTranslation('admin');
  if (!isComplete) return count > 0 ? <Box>{t('preview.countOrMore', { count })}</Box> : null;
  if (count === 0) {
    return (
      <Alert type="warning" header={t('preview.none')}>
        {t('preview.noneDetail')}
      </Alert>
    );
  }
  if (count === 1) return <Alert type="info">{t('preview.single')}</Alert>;
  return <Box>{t('preview.count', { count })}</Box>;
}

interface NamesProps {
  title: string;
  people: NamedPerson[];
  hasMore?: boolean;
  note?: string;
}

function Names({ title, people, hasMore = false, note }: NamesProps) {
  const { t } = useTranslation('admin');
  return (
    <div>
      <Box variant="awsui-key-label">{title}</Box>
      {note !== undefined && <StatusIndicator type="warning">{note}</StatusIndicator>}
      {people.length > 0 && (
        <ul className="approvers" aria-label={title}>
          {people.map(({ userId, name }) => (
            <li key={userId}>{name || t('preview.unnamed', { userId })}</li>
          ))}
          {hasMore && <li>{t('preview.more')}</li>}
        </ul>
      )}
    </div>
  );
}
