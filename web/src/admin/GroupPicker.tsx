import Multiselect, { type MultiselectProps } from '@cloudscape-design/components/multiselect';
import type { Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { useGroups } from '../people/queries';

interface Props {
  value: string[];
  onChange: (groups: string[]) => void;
  ref?: Ref<MultiselectProps.Ref>;
}

/** Chooses groups. Use it in a FormField, which labels it. */
export function GroupPicker({ value, onChange, ref }: Props) {
  const { t } = useTranslation('admin');
  const groups = useGroups();
  const items = groups.data?.items ?? [];
  const isLoading = groups.isLoadingMore || (!groups.data && !groups.error);
  return (
    <Multiselect
      ref={ref}
      placeholder={t('form.groupsPlaceholder')}
      filteringType={items.length > 8 ? 'auto' : 'none'}
      filteringAriaLabel={t('form.groupsFilter')}
      options={items.map(({ name, description }) => ({ value: name, label: name, description }))}
      selectedOptions={value.map((name) => ({ value: name, label: name }))}
      // Cloudscape asks for more at the end of the list.
      statusType={isLoading ? 'loading' : groups.error ? 'error' : groups.hasMore ? 'pending' : 'finished'}
      loadingText={t('form.groupsLoading')}
      errorText={t('form.groupsError')}
      empty={t('form.groupsNone')}
      deselectAriaLabel={({ label }) => t('form.removeGroup', { name: label ?? '' })}
      onLoadItems={({ detail }) => {
        if (!detail.firstPage && groups.hasMore) groups.loadMore();
      }}
      onChange={({ detail }) => onChange(detail.selectedOptions.map((option) => option.value ?? ''))}
    />
  );
}
