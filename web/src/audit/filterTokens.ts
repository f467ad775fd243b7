import type { PropertyFilterProps } from '@cloudscape-design/components/property-filter';
import { parseValue, PROPERTIES, type AuditFilters, type Property } from './filters';

const isProperty = (key: string | undefined): key is Property =>
  PROPERTIES.some((property) => property === key);

/** Return the tokens of a property filter for the values of the filters. */
export function toTokens(values: AuditFilters['values']): PropertyFilterProps.Query {
  const tokens = PROPERTIES.flatMap((property): PropertyFilterProps.Token[] => {
    const value = values[property];
    if (!value) return [];
    return property === 'text'
      ? value.split(/\s+/).map((word) => ({ operator: ':', value: word }))
      : [{ propertyKey: property, operator: '=', value }];
  });
  return { operation: 'and', tokens };
}

/** The values of the tokens, and the properties that the API doesn't accept the value of. */
export interface ReadTokens {
  values: AuditFilters['values'];
  invalid: Property[];
}

/**
 * Return the values of the filters for the tokens of a property filter.
 *
 * The API has one value for each property: a second token for the same property replaces the first one. Free text is
 * collected: all of its words have to occur.
 */
export function fromTokens({ tokens }: PropertyFilterProps.Query): ReadTokens {
  const texts: AuditFilters['values'] = {};
  for (const { propertyKey, value } of tokens) {
    if (typeof value !== 'string' || !value.trim()) continue;
    if (isProperty(propertyKey) && propertyKey !== 'text') texts[propertyKey] = value;
    else texts.text = texts.text ? `${texts.text} ${value.trim()}` : value.trim();
  }
  const read: ReadTokens = { values: {}, invalid: [] };
  for (const property of PROPERTIES) {
    if (texts[property] === undefined) continue;
    const value = parseValue(property, texts[property]);
    if (value === undefined) read.invalid.push(property);
    else read.values[property] = value;
  }
  return read;
}
