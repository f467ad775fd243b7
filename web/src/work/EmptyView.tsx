import Button from '@cloudscape-design/components/button';
import { useTranslation } from 'react-i18next';
import type { WorkflowView } from '../api/queryKeys';
import { EmptyState } from '../components/EmptyState';

interface Props {
  view: WorkflowView;
  isFiltered: boolean;
  onClear: () => void;
}

/** Says why a list of workflows is empty, and what to do next. */
export function EmptyView({ view, isFiltered, onClear }: Props) {
  const { t } = useTranslation('work');
  if (isFiltered) {
    return (
      <EmptyState title={t('filter.noMatch')} action={<Button onClick={onClear}>{t('filter.clear')}</Button>}>
        {t('filter.noMatchText')}
      </EmptyState>
    );
  }
  switch (view) {
    case 'inbox':
      return <EmptyState title={t('empty.inbox')}>{t('empty.inboxText')}</EmptyState>;
    case 'mine':
      return (
        <EmptyState
          title={t('empty.mine')}
          action={<Button href="#/workflows/new">{t('empty.mineAction')}</Button>}
        />
      );
    case 'decided':
      return <EmptyState title={t('empty.decided')}>{t('empty.decidedText')}</EmptyState>;
  }
}
