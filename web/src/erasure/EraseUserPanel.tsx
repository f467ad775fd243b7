import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toProblem } from '../api/problem';
import { ProblemAlert } from '../components/ProblemAlert';
import { EraseDialog } from './EraseDialog';
import { EraseFields } from './EraseFields';
import { EMPTY_DRAFT, toErasureRequest, validateErase, type EraseDraft } from './eraseForm';
import { PreviewDetails } from './PreviewDetails';
import { useErasurePreview } from './queries';

/** Erases a user's data: first shows what would be erased, then asks for a confirmation. */
export function EraseUserPanel() {
  const { t } = useTranslation('erasure');
  const [draft, setDraft] = useState(EMPTY_DRAFT);
  const [isSubmitted, setIsSubmitted] = useState(false);
  const [isConfirming, setIsConfirming] = useState(false);
  const check = useErasurePreview();
  const request = toErasureRequest(draft);

  const change = (next: EraseDraft) => {
    // What was checked is no longer what the form says.
    check.reset();
    setDraft(next);
  };
  const submit = () => {
    setIsSubmitted(true);
    if (request) check.mutate(request);
  };
  const clear = () => {
    change(EMPTY_DRAFT);
    setIsSubmitted(false);
    setIsConfirming(false);
  };

  return (
    <>
      <form
        aria-label={t('form.title')}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Container
          header={
            <Header variant="h2" description={t('form.description')}>
              {t('form.title')}
            </Header>
          }
          footer={
            <Box float="right">
              <SpaceBetween direction="horizontal" size="xs">
                <Button formAction="submit" loading={check.isPending} loadingText={t('form.checking')}>
                  {t('form.check')}
                </Button>
                {check.data && (
                  <Button formAction="none" variant="primary" onClick={() => setIsConfirming(true)}>
                    {t('form.erase')}
                  </Button>
                )}
              </SpaceBetween>
            </Box>
          }
        >
          <SpaceBetween size="l">
            <EraseFields
              draft={draft}
              errors={isSubmitted ? validateErase(draft) : {}}
              problem={check.error && toProblem(check.error)}
              onChange={change}
            />
            <ProblemAlert error={check.error} fieldPointers={['/userId', '/parts', '/reason']} />
            {check.data && <PreviewDetails preview={check.data} />}
          </SpaceBetween>
        </Container>
      </form>
      {isConfirming && check.data && request && (
        <EraseDialog
          request={request}
          name={draft.user?.name ?? null}
          preview={check.data}
          onErased={clear}
          onClose={() => setIsConfirming(false)}
        />
      )}
    </>
  );
}
