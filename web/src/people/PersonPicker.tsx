import Multiselect, { type MultiselectProps } from '@cloudscape-design/components/multiselect';
import { useState, type Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { displayName, type NamedPerson } from './people';
import { usePeopleSearch } from './queries';

interface Props {
  value: NamedPerson[];
  onChange: (people: NamedPerson[]) => void;
  onBlur?: () => void;
  ref?: Ref<MultiselectProps.Ref>;
}

/** Chooses people by name or email. Use it in a FormField, which labels it. */
export function PersonPicker({ value, onChange, onBlur, ref }: Props) {
  const { t } = useTranslation('people');
  const [text, setText] = useState('');
  const search = usePeopleSearch(text);
  const found = search.data ?? [];
  const known = new Map([...value, ...found].map((person) => [person.userId, person]));

  const toOption = (person: NamedPerson & { email?: string }) => ({
    value: person.userId,
    label: displayName(person),
    description: person.email,
  });
  return (
    <Multiselect
      ref={ref}
      placeholder={t('picker.placeholder')}
      filteringType="manual"
      filteringPlaceholder={t('picker.placeholder')}
      filteringAriaLabel={t('picker.filter')}
      options={found.map(toOption)}
      selectedOptions={value.map(toOption)}
      statusType={search.isFetching ? 'loading' : search.isError ? 'error' : 'finished'}
      loadingText={t('picker.loading')}
      errorText={t('picker.error')}
      empty={text.trim() ? t('picker.none') : t('picker.hint')}
      selectedAriaLabel={t('picker.selected')}
      deselectAriaLabel={({ label }) => t('picker.remove', { name: label ?? '' })}
      onLoadItems={({ detail }) => setText(detail.filteringText)}
      onBlur={onBlur}
      onChange={({ detail }) =>
        onChange(
          detail.selectedOptions.flatMap((option) => {
            const person = known.get(option.value ?? '');
            return person ? [{ userId: person.userId, name: person.name }] : [];
          }),
        )
      }
    />
  );
}
