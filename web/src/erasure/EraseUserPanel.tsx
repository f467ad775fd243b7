import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { toProblem } from '../api/problem';
import { ProblemAlert } from '../components/ProblemAlert';
import { EraseDialog } from './EraseDialog';
import { EraseFields } from './EraseFields';
import { EMPTY_DRAFT, toErasureRequest, validateErase, type EraseDraft } from './eraseForm';
import { PreviewDetails } from './PreviewDetails';
import { useErasurePreview } from './queries';

/** Erases a user's data: first shows what would be erased, then asks for a confirmation. */
export function EraseUserPanel() {
  const [draft, setDraft] = useState(EMPTY_DRAFT);
  const [isSubmitted, setIsSubmitted] = useState(false);
  const [isConfirming, setIsConfirming] = useState(false);
  const check = useErasurePreview();
  const errors = validateErase(draft);

  const change = (next: EraseDraft) => {
    // What was checked is no longer what the form says.
    check.reset();
    setDraft(next);
  };
  const submit = () => {
    setIsSubmitted(true);
    if (!errors) check.mutate(toErasureRequest(draft));
  };
  const clear = () => {
    change(EMPTY_DRAFT);
    setIsSubmitted(false);
    setIsConfirming(false);
  };

  return (
    <>
      <form
        aria-label="Erase a user's data"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Container
          header={
            <Header
              variant="h2"
              description="Removes values and their salts. The records, their hashes, and their proofs stay."
            >
              Erase a user&apos;s data
            </Header>
          }
          footer={
            <Box float="right">
              <SpaceBetween direction="horizontal" size="xs">
                <Button formAction="submit" loading={check.isPending} loadingText="Checking">
                  Check what would be erased
                </Button>
                {check.data && (
                  <Button formAction="none" variant="primary" onClick={() => setIsConfirming(true)}>
                    Erase
                  </Button>
                )}
              </SpaceBetween>
            </Box>
          }
        >
          <SpaceBetween size="l">
            <EraseFields
              draft={draft}
              errors={isSubmitted ? errors : null}
              problem={check.error && toProblem(check.error)}
              onChange={change}
            />
            <ProblemAlert error={check.error} fieldPointers={['/userId', '/parts', '/reason']} />
            {check.data && <PreviewDetails preview={check.data} />}
          </SpaceBetween>
        </Container>
      </form>
      {isConfirming && check.data && (
        <EraseDialog
          request={toErasureRequest(draft)}
          preview={check.data}
          onErased={clear}
          onClose={() => setIsConfirming(false)}
        />
      )}
    </>
  );
}
