import i18next from 'i18next';
import type { Workflow } from '../api/types';

type Approvers = Workflow['approvers'];

/** Who may decide: names of groups, names of users, and how many users don't have a name anymore. */
export interface NamedApprovers {
  groups: string[];
  /** Whether the user of the console is one of the users. */
  includesYou: boolean;
  names: string[];
  unnamed: number;
}

/** Return who may decide, without the user of the console among the names. */
export function nameApprovers({ users, groups }: Approvers, userId: string): NamedApprovers {
  const others = users.filter((person) => person.userId !== userId);
  const names = others.map(({ name }) => name ?? '').filter((name) => name !== '');
  return { groups, includesYou: others.length < users.length, names, unnamed: others.length - names.length };
}

/** Describe who may decide in one line. */
export function describeApprovers(approvers: Approvers, userId: string): string {
  const { groups, includesYou, names, unnamed } = nameApprovers(approvers, userId);
  const parts = [
    ...groups.map((name) => i18next.t('workflows:approvers.group', { name })),
    ...(includesYou ? [i18next.t('workflows:approvers.you')] : []),
    ...names,
    ...(unnamed > 0 ? [i18next.t('workflows:approvers.unknown', { count: unnamed })] : []),
  ];
  return parts.length > 0 ? parts.join(', ') : i18next.t('workflows:approvers.none');
}
