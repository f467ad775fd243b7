import SplitPanel from '@cloudscape-design/components/split-panel';
import { useTranslation } from 'react-i18next';
import type { Panel } from '../components/SplitPanelProvider';

/** The panel of a page, next to or below its content. */
export function PagePanel({ panel }: { panel: Panel }) {
  const { t } = useTranslation('shell');
  return (
    <SplitPanel
      header={panel.header}
      hidePreferencesButton
      closeBehavior="hide"
      i18nStrings={{
        closeButtonAriaLabel: t('panels.close'),
        openButtonAriaLabel: t('panels.open'),
        resizeHandleAriaLabel: t('panels.resize'),
      }}
    >
      {panel.content}
    </SplitPanel>
  );
}
