import Badge from '@cloudscape-design/components/badge';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useTranslation } from 'react-i18next';
import { useUser } from '../session/SessionProvider';
import { nameApprovers } from './approvers';

/** Shows who may decide: groups, and people by name. */
export function ApproverBadges({ approvers }: { approvers: Parameters<typeof nameApprovers>[0] }) {
  const { t } = useTranslation('workflows');
  const { groups, includesYou, names, unnamed } = nameApprovers(approvers, useUser().userId);
  if (groups.length + names.length + unnamed === 0 && !includesYou) return <>–</>;
  return (
    <SpaceBetween direction="horizontal" size="xxs">
      {groups.map((group) => (
        <Badge key={group} color="blue">
          {group}
        </Badge>
      ))}
      {includesYou && <Badge color="green">{t('approvers.you')}</Badge>}
      {names.map((name, index) => (
        <Badge key={`${name} ${index}`}>{name}</Badge>
      ))}
      {unnamed > 0 && <Badge>{t('approvers.unknown', { count: unnamed })}</Badge>}
    </SpaceBetween>
  );
}
