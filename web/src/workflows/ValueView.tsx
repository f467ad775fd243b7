import ExpandableSection from '@cloudscape-design/components/expandable-section';
import { useTranslation } from 'react-i18next';
import './workflows.css';

/** A nested value with more lines than this is collapsed at first. */
const OPEN_LINES = 12;
/** A text with more characters than this is in an area of its own that scrolls. */
const LONG_TEXT = 1_000;

/** Shows one value of the data: text with its line breaks, nested values as JSON. */
export function ValueView({ value }: { value: unknown }) {
  const { t } = useTranslation('workflows');
  if (typeof value === 'boolean') return <>{value ? t('data.yes') : t('data.no')}</>;
  if (typeof value === 'string') return <TextView text={value} />;
  // The same digits as in the record. Separators would turn the year 2026 into 2,026.
  if (typeof value === 'number') return <>{String(value)}</>;
  if (typeof value !== 'object' || value === null) return <code>{JSON.stringify(value)}</code>;
  return <NestedView value={value} />;
}

function TextView({ text }: { text: string }) {
  const { t } = useTranslation('workflows');
  if (!text) return <>–</>;
  return text.length > LONG_TEXT ? (
    <ScrollArea label={t('data.value')}>
      <div className="text-value">{text}</div>
    </ScrollArea>
  ) : (
    <span className="text-value">{text}</span>
  );
}

function NestedView({ value }: { value: object }) {
  const { t } = useTranslation('workflows');
  const count = Object.keys(value).length;
  const label = Array.isArray(value) ? t('data.items', { count }) : t('data.members', { count });
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
