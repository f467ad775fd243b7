import DateRangePicker from '@cloudscape-design/components/date-range-picker';
import FormField from '@cloudscape-design/components/form-field';
import PropertyFilter, { type PropertyFilterProps } from '@cloudscape-design/components/property-filter';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePeopleSearch } from '../people/queries';
import type { ListedRecord } from '../proof/checkRecord';
import { useSchemes } from '../schemes/useSchemes';
import {
  ACTION_TYPES,
  actionLabel,
  AUDIT_ACTION_TYPES,
  AUDIT_OUTCOMES,
  outcomeLabel,
  OUTCOMES,
} from '../workflows/labels';
import './audit.css';
import { fromTokens, toTokens } from './filterTokens';
import type { AuditFilters, Property } from './filters';
import { useKnownPeople } from './people';
import {
  findRangeProblem,
  fromPickerValue,
  MAX_AMOUNT,
  RANGE_UNITS,
  SUGGESTED_RANGES,
  toPickerValue,
} from './timeRange';

interface Props {
  filters: AuditFilters;
  onChange: (filters: AuditFilters) => void;
  /** What the search found so far. */
  records: ListedRecord[];
  countText: string | undefined;
  isLoading: boolean;
}

/** The search filters of the audit trail. A change applies at once. */
export function FilterBar({ filters, onChange, records, countText, isLoading }: Props) {
  const { t } = useTranslation('audit');
  const [invalid, setInvalid] = useState<Property[]>([]);
  const { properties, options, isLoadingOptions, loadOptions } = useFilterOptions(records);
  const errorText = invalid
    .map((property) => t('filter.invalid', { property: t(`filter.properties.${property}`) }))
    .join(' ');
  return (
    <div role="search" aria-label={t('title')} className="filter-bar">
      <FormField errorText={errorText} stretch>
        <PropertyFilter
          query={toTokens(filters.values)}
          onChange={({ detail }) => {
            const { values, invalid: rejected } = fromTokens(detail);
            setInvalid(rejected);
            onChange({ ...filters, values });
          }}
          filteringProperties={properties}
          filteringOptions={options}
          freeTextFiltering={{ operators: [':'], defaultOperator: ':' }}
          readOnlyOperations
          filteringAriaLabel={t('filter.label')}
          filteringPlaceholder={t('filter.placeholder')}
          filteringEmpty={t('filter.noSuggestions')}
          filteringStatusType={isLoadingOptions ? 'loading' : 'finished'}
          filteringLoadingText={t('filter.loading')}
          onLoadItems={({ detail }) => loadOptions(detail)}
          countText={countText}
          loading={isLoading}
          expandToViewport
        />
      </FormField>
      <TimeRangePicker filters={filters} onChange={onChange} />
    </div>
  );
}

function TimeRangePicker({ filters, onChange }: Pick<Props, 'filters' | 'onChange'>) {
  const { t } = useTranslation('audit');
  const [now] = useState(() => new Date());
  return (
    <DateRangePicker
      value={toPickerValue(filters.range, now)}
      onChange={({ detail }) => onChange({ ...filters, range: fromPickerValue(detail.value) })}
      isValidRange={(value) => {
        const problem = findRangeProblem(value);
        return problem
          ? { valid: false, errorMessage: t(`range.${problem}`, { maximum: MAX_AMOUNT }) }
          : { valid: true };
      }}
      relativeOptions={SUGGESTED_RANGES}
      customRelativeRangeUnits={RANGE_UNITS}
      dateOnly
      dateInputFormat="iso"
      absoluteFormat="long-localized"
      placeholder={t('range.any')}
      ariaLabel={t('range.label')}
      expandToViewport
    />
  );
}

/** What the filter bar offers: properties, and their values. */
function useFilterOptions(records: ListedRecord[]) {
  const { t } = useTranslation('audit');
  const schemes = useSchemes().data ?? [];
  const [nameQuery, setNameQuery] = useState('');
  const found = usePeopleSearch(nameQuery);
  const people = useKnownPeople(records, found.data ?? []);

  const choices: Partial<Record<Property, { value: string; label: string }[]>> = {
    actionOwner: people.map(({ userId, name }) => ({ value: userId, label: name })),
    scheme: schemes.map(({ schemeId, name }) => ({ value: schemeId, label: name })),
    actionType: [...ACTION_TYPES, ...AUDIT_ACTION_TYPES].map((value) => ({
      value,
      label: actionLabel(value),
    })),
    outcome: [...OUTCOMES, ...AUDIT_OUTCOMES].map((value) => ({ value, label: outcomeLabel(value) })),
  };
  const labelOf = (property: Property, value: unknown): string => {
    const choice = choices[property]?.find((each) => each.value === value);
    return choice?.label ?? (typeof value === 'string' ? value : '');
  };
  const property = (key: Exclude<Property, 'text'>): PropertyFilterProps.FilteringProperty => ({
    key,
    propertyLabel: t(`filter.properties.${key}`),
    groupValuesLabel: t(`filter.values.${key}`),
    operators: [{ operator: '=', format: (value: unknown) => labelOf(key, value) }],
  });
  return {
    properties: (
      ['actionOwner', 'actionType', 'outcome', 'scheme', 'workflowId', 'stepId', 'target'] as const
    ).map(property),
    options: Object.entries(choices).flatMap(([propertyKey, values]) =>
      values.map((choice) => ({ propertyKey, ...choice })),
    ),
    isLoadingOptions: found.isFetching,
    loadOptions: ({ filteringProperty, filteringText }: PropertyFilterProps.LoadItemsDetail) => {
      setNameQuery(filteringProperty?.key === 'actionOwner' ? filteringText.trim() : '');
    },
  };
}
