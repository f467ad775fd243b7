import TextFilter, { type TextFilterProps } from '@cloudscape-design/components/text-filter';
import { useState, type Ref } from 'react';
import { useTranslation } from 'react-i18next';

interface Props {
  ref: Ref<TextFilterProps.Ref>;
  value: string;
  onChange: (value: string) => void;
  matches: number;
}

/** The filter of the list. The URL follows when the user pauses, because browsers limit how often it can change. */
export function FilterField({ ref, value, onChange, matches }: Props) {
  const { t } = useTranslation('work');
  const [typed, setTyped] = useState(value);
  // The URL can change by itself, such as by a link of the menu.
  const [last, setLast] = useState(value);
  const [sent, setSent] = useState(value);
  if (value !== last) {
    setLast(value);
    // A value that this field has sent itself must not overwrite newer input.
    if (value !== sent) setTyped(value);
  }
  return (
    <TextFilter
      ref={ref}
      filteringText={typed}
      filteringAriaLabel={t('filter.label')}
      filteringPlaceholder={t('filter.placeholder')}
      filteringClearAriaLabel={t('filter.clear')}
      countText={value ? t('filter.matches', { count: matches }) : undefined}
      onChange={({ detail }) => setTyped(detail.filteringText)}
      onDelayedChange={({ detail }) => {
        setSent(detail.filteringText);
        onChange(detail.filteringText);
      }}
    />
  );
}
