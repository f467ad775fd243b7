import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Toggle from '@cloudscape-design/components/toggle';
import { useTranslation } from 'react-i18next';
import { SHORTCUTS } from './useShortcuts';
import './work.css';

interface Props {
  isEnabled: boolean;
  onChange: (isEnabled: boolean) => void;
  onClose: () => void;
}

/** Lists the keys of the Work page, and lets the user turn them off. */
export function ShortcutsDialog({ isEnabled, onChange, onClose }: Props) {
  const { t } = useTranslation('work');
  return (
    <Modal
      visible
      header={t('shortcuts.title')}
      closeAriaLabel={t('shortcuts.close')}
      onDismiss={onClose}
      footer={
        <Box float="right">
          <Button variant="primary" onClick={onClose}>
            {t('shortcuts.close')}
          </Button>
        </Box>
      }
    >
      <SpaceBetween size="l">
        <KeyValuePairs
          columns={2}
          items={Object.entries(SHORTCUTS).map(([key, action]) => ({
            label: t(`shortcuts.${action}`),
            value: <kbd className="key">{key === 'Enter' ? t('shortcuts.enter') : key}</kbd>,
          }))}
        />
        <Toggle checked={isEnabled} onChange={({ detail }) => onChange(detail.checked)}>
          {t('shortcuts.enabled')}
        </Toggle>
      </SpaceBetween>
    </Modal>
  );
}
