import Select from '@cloudscape-design/components/select';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { displayName, type NamedPerson } from './people';
import { usePeopleSearch } from './queries';

interface Props {
  value: NamedPerson | null;
  onChange: (user: NamedPerson) => void;
}

/**
 * Chooses one user by name, email, or user ID: a deleted user is no longer in the directory. Use it in a FormField,
 * which labels it.
 */
export function UserPicker({ value, onChange }: Props) {
  const { t } = useTranslation('people');
  const [text, setText] = useState('');
  const search = usePeopleSearch(text);
  const found = search.data ?? [];
  const id = text.trim();
  // Not before the search is done: the option would move while the user clicks it.
  const isOffered = id !== '' && !search.isFetching && !found.some(({ userId }) => userId === id);

  const toOption = ({ userId, name, email }: NamedPerson & { email?: string }) => ({
    value: userId,
    label: displayName({ userId, name }),
    // Two users can have the same name.
    description: name ? [email, userId].filter(Boolean).join(' · ') : t('picker.userId'),
  });
  return (
    <Select
      placeholder={t('picker.userPlaceholder')}
      triggerVariant="option"
      filteringType="manual"
      filteringPlaceholder={t('picker.userPlaceholder')}
      filteringAriaLabel={t('picker.filterUsers')}
      options={[...found.map(toOption), ...(isOffered ? [toOption({ userId: id, name: null })] : [])]}
      selectedOption={value && toOption(value)}
      statusType={search.isFetching ? 'loading' : search.isError ? 'error' : 'finished'}
      loadingText={t('picker.loading')}
      errorText={t('picker.error')}
      empty={t('picker.hint')}
      selectedAriaLabel={t('picker.selected')}
      onLoadItems={({ detail }) => setText(detail.filteringText)}
      onChange={({ detail }) => {
        const userId = detail.selectedOption.value ?? '';
        onChange({ userId, name: found.find((person) => person.userId === userId)?.name ?? null });
      }}
    />
  );
}
