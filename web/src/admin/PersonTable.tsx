import Box from '@cloudscape-design/components/box';
import { useTranslation } from 'react-i18next';
import type { ReactNode } from 'react';
import type { DirectoryPerson } from '../api/types';
import { EmptyState } from '../components/EmptyState';
import { SimpleTable } from '../components/SimpleTable';
import './admin.css';

interface Props {
  title: string;
  people: DirectoryPerson[];
  /** What to show if there is no one. */
  emptyTitle: string;
  actions?: ReactNode;
}

/** People with their email addresses and user IDs. */
export function PersonTable({ title, people, emptyTitle, actions }: Props) {
  const { t } = useTranslation('admin');
  return (
    <SimpleTable
      title={title}
      actions={actions}
      items={people}
      trackBy="userId"
      empty={<EmptyState title={emptyTitle} />}
      columns={[
        {
          id: 'name',
          header: t('people.name'),
          minWidth: 120,
          cell: ({ name }) =>
            name ? (
              <div className="long">{name}</div>
            ) : (
              <Box color="text-body-secondary">{t('people.noName')}</Box>
            ),
        },
        {
          id: 'email',
          header: t('people.email'),
          minWidth: 150,
          cell: ({ email }) => <div className="long">{email ?? '–'}</div>,
        },
        {
          id: 'userId',
          header: t('people.id'),
          minWidth: 150,
          cell: ({ userId }) => (
            <div className="long">
              <Box variant="code">{userId}</Box>
            </div>
          ),
        },
      ]}
    />
  );
}
