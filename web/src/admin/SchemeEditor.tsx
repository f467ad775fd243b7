import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Form from '@cloudscape-design/components/form';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { toProblem } from '../api/problem';
import type { Scheme } from '../api/types';
import { focusHeading } from '../components/focusHeading';
import { ProblemAlert } from '../components/ProblemAlert';
import { useIsMounted } from '../components/useIsMounted';
import { LeaveGuard } from '../workflows/LeaveGuard';
import { RestoredNote } from '../workflows/RestoredNote';
import { ConflictNote } from './ConflictNote';
import { schemeHref, SCHEMES_HREF } from './hrefs';
import { SchemeConflictError, SchemeExistsError, useSaveScheme } from './queries';
import { StepPanel, TextField } from './SchemeFields';
import { emptyScheme, valuesOf, type SchemeContent } from './schemeForm';
import { useSchemeForm } from './useSchemeForm';

interface Props {
  /** The version to change; none for a new scheme. */
  scheme?: Scheme;
}

/** A version that someone else saved, and the one that it was compared with. */
interface Conflict {
  base: number;
  newest: Scheme;
}

/** Creates a scheme, or changes one. */
export function SchemeEditor({ scheme }: Props) {
  const { t } = useTranslation('admin');
  const navigate = useNavigate();
  const isMounted = useIsMounted();
  const save = useSaveScheme();
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const [opened] = useState(() =>
    scheme ? { values: valuesOf(scheme), base: scheme.version } : { values: emptyScheme(), base: null },
  );
  const form = useSchemeForm(scheme ? `scheme.${scheme.schemeId}` : 'new-scheme', opened);
  const { control, base } = form;
  const isExpected = save.error instanceof SchemeConflictError || save.error instanceof SchemeExistsError;
  const otherError = isExpected ? null : save.error;
  const problem = otherError && toProblem(otherError);

  const send = async (content: SchemeContent) => {
    try {
      const { schemeId } = await save.mutateAsync({ ...content, base });
      form.close();
      if (isMounted.current) await navigate(schemeHref(schemeId).slice(1));
    } catch (error) {
      // The page shows other errors, or a message if the user has left the page.
      if (error instanceof SchemeExistsError) {
        form.setError('schemeId', { message: t('form.taken') }, { shouldFocus: true });
      }
      if (error instanceof SchemeConflictError && base !== null) {
        setConflict({ base: conflict?.base ?? base, newest: error.newest });
        form.rebase(error.newest.version);
      }
    }
  };

  return (
    <>
      <LeaveGuard hasChanges={() => !save.isPending && form.hasChanges()} onDiscard={form.close} />
      <form onSubmit={(event) => event.preventDefault()} noValidate>
        <Form
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button
                variant="link"
                formAction="none"
                href={scheme ? schemeHref(scheme.schemeId) : SCHEMES_HREF}
                disabled={save.isPending}
              >
                {t('cancel')}
              </Button>
              <Button
                variant="primary"
                formAction="none"
                loading={save.isPending}
                onClick={() => void form.handleSubmit(send)()}
              >
                {base === null ? t('form.create') : t('form.save', { version: base + 1 })}
              </Button>
            </SpaceBetween>
          }
        >
          <SpaceBetween size="l">
            <RestoredNote form={form} />
            {conflict && (
              <ConflictNote
                {...conflict}
                onUseTheirs={() => {
                  form.replace({ values: valuesOf(conflict.newest), base: conflict.newest.version });
                  setConflict(null);
                  save.reset();
                  // The button is gone, and its form begins again.
                  focusHeading();
                }}
              />
            )}
            <ProblemAlert error={otherError} fieldPointers={['/name', '/steps']} />
            <Container header={<Header variant="h2">{t('form.details')}</Header>}>
              <SpaceBetween size="m">
                <TextField
                  control={control}
                  name="name"
                  label={t('form.name')}
                  serverError={problem?.errorAt('/name')}
                />
                {!scheme && (
                  <TextField
                    control={control}
                    name="schemeId"
                    label={t('form.id')}
                    description={t('form.idDescription')}
                    constraintText={t('form.idConstraint')}
                  />
                )}
              </SpaceBetween>
            </Container>
            {opened.values.steps.map(({ stepId }, index) => (
              <StepPanel key={stepId} control={control} index={index} problem={problem} />
            ))}
          </SpaceBetween>
        </Form>
      </form>
    </>
  );
}
