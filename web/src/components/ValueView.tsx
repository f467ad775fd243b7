import ExpandableSection from '@cloudscape-design/components/expandable-section';
import { useTranslation } from 'react-i18next';
import './values.css';

/** A nested value with more lines than this is collapsed at first. */
const OPEN_LINES = 12;
/** A text with more characters than this is in an area of its own that scrolls. */
const LONG_TEXT = 1_000;

interface Props {
  value: unknown;
  /** Whether to show a text as JSON, with quotes. */
  quoted?: boolean;
}

/** Shows one value of the data: text with its line breaks, nested values as JSON. */
export function ValueView({ value, quoted = false }: Props) {
  const { t } = useTranslation('components');
  if (typeof value === 'boolean') return <>{value ? t('value.yes') : t('value.no')}</>;
  if (typeof value === 'string') return <TextView text={quoted ? JSON.stringify(value) : value} />;
  // The same digits as in the record. Separators would turn the year 2026 into 2,026.
  if (typeof value === 'number') return <>{String(value)}</>;
  if (typeof value !== 'object' || value === null) return <code>{JSON.stringify(value)}</code>;
  return <NestedView value={value} />;
}

function TextView({ text }: { text: string }) {
  const { t } = useTranslation('components');
  if (!text) return <>–</>;
  return text.length > LONG_TEXT ? (
    <ScrollArea label={t('value.label')}>
      <div className="text-value">{text}</div>
    </ScrollArea>
  ) : (
    <span className="text-value">{text}</span>
  );
}

function NestedView({ value }: { value: object }) {
  const { t } = useTranslation('components');
  const count = Object.keys(value).length;
  const label = Array.isArray(value) ? t('value.items', { count }) : t('value.members', { count });
  const json = JSON.stringify(value, null, 2);
  if (count === 0) return <code>{json}</code>;
  return (
    <ExpandableSection
      variant="inline"
      headerText={label}
      defaultExpanded={json.split('\n', OPEN_LINES + 1).length <= OPEN_LINES}
    >
      <ScrollArea label={label}>
        <pre className="json-value">{json}</pre>
      </ScrollArea>
    </ExpandableSection>
  );
}

/** Keeps a long value from making the page long. It can be focused, so that the arrow keys scroll it. */
function ScrollArea({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- A region that scrolls must be reachable by keyboard.
    <div className="scroll-area" role="region" aria-label={label} tabIndex={0}>
      {children}
    </div>
  );
}
