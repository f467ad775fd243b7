import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { usePageTitle } from '../components/usePageTitle';
import './signIn.css';
import { useSignIn } from './useSignIn';

/** Asks for email and password, and for a new password if the account requires one. */
export function SignInPage({ expired }: { expired: boolean }) {
  usePageTitle('Sign in');
  const signIn = useSignIn();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [newPassword, setNewPassword] = useState('');
  const [submittedStep, setSubmittedStep] = useState<'sign-in' | 'new-password' | null>(null);

  const { needsNewPassword } = signIn;
  const step = needsNewPassword ? 'new-password' : 'sign-in';
  const secret = needsNewPassword ? newPassword : password;
  const submit = () => {
    setSubmittedStep(step);
    if (email && secret) signIn.submit({ email, password: secret });
  };
  const requiredError = (value: string, what: string) =>
    submittedStep === step && !value ? `Enter ${what}.` : undefined;

  return (
    <main className="sign-in">
      <div className="sign-in__card">
        <SpaceBetween size="l">
          <Box textAlign="center">
            <img src="./countersign.svg" alt="" width={56} height={56} />
            <Box variant="h1" padding={{ top: 's' }}>
              Countersign
            </Box>
            <Box color="text-body-secondary">Approval workflows with a verifiable audit trail</Box>
          </Box>
          {expired && !signIn.errorMessage && (
            <Alert type="info">Your session has ended. Sign in again to continue.</Alert>
          )}
          {signIn.errorMessage && (
            <div role="alert">
              <Alert
                type="error"
                header={needsNewPassword ? "We couldn't set your password" : "We couldn't sign you in"}
              >
                {signIn.errorMessage}
              </Alert>
            </div>
          )}
          <form
            noValidate
            onSubmit={(event) => {
              event.preventDefault();
              submit();
            }}
          >
            <Container
              header={<Header variant="h2">{needsNewPassword ? 'Choose a password' : 'Sign in'}</Header>}
            >
              <SpaceBetween size="m">
                {!needsNewPassword && (
                  <FormField label="Email" errorText={requiredError(email, 'your email address')}>
                    <Input
                      type="email"
                      name="email"
                      autoComplete="username"
                      autoFocus
                      value={email}
                      onChange={({ detail }) => setEmail(detail.value)}
                    />
                  </FormField>
                )}
                <FormField
                  key={step}
                  label={needsNewPassword ? 'New password' : 'Password'}
                  description={
                    needsNewPassword ? 'Choose a password to finish setting up your account.' : undefined
                  }
                  errorText={requiredError(secret, needsNewPassword ? 'a new password' : 'your password')}
                >
                  <Input
                    type="password"
                    name="password"
                    autoComplete={needsNewPassword ? 'new-password' : 'current-password'}
                    value={secret}
                    onChange={({ detail }) =>
                      needsNewPassword ? setNewPassword(detail.value) : setPassword(detail.value)
                    }
                  />
                </FormField>
                <Button variant="primary" formAction="submit" loading={signIn.isPending} fullWidth>
                  {needsNewPassword ? 'Set password and sign in' : 'Sign in'}
                </Button>
              </SpaceBetween>
            </Container>
          </form>
        </SpaceBetween>
      </div>
    </main>
  );
}
