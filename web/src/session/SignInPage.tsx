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

/** The door: e-mail and password, or the choice of a first password. */
export function SignInPage({ ended }: { ended: boolean }) {
  usePageTitle('Sign in');
  const signIn = useSignIn();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [chosen, setChosen] = useState('');
  const [asked, setAsked] = useState<'current' | 'new' | null>(null);

  const stage = signIn.choosesPassword ? 'new' : 'current';
  const secret = signIn.choosesPassword ? chosen : password;
  const submit = () => {
    setAsked(stage);
    if (email && secret) signIn.submit({ email, password: secret });
  };
  const missing = (value: string, what: string) => (asked === stage && !value ? `Enter ${what}.` : undefined);

  return (
    <main className="sign-in">
      <div className="sign-in__card">
        <SpaceBetween size="l">
          <Box textAlign="center">
            <img src="./countersign.svg" alt="" width={56} height={56} />
            <Box variant="h1" padding={{ top: 's' }}>
              Countersign
            </Box>
            <Box color="text-body-secondary">Approvals with an audit trail that can be proven</Box>
          </Box>
          {ended && !signIn.failure && (
            <Alert type="info">Your session has ended. Sign in again to go on.</Alert>
          )}
          {signIn.failure && (
            <div role="alert">
              <Alert
                type="error"
                header={signIn.choosesPassword ? 'The password was not set' : 'You are not signed in'}
              >
                {signIn.failure}
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
              header={
                <Header variant="h2">{signIn.choosesPassword ? 'Choose a password' : 'Sign in'}</Header>
              }
            >
              <SpaceBetween size="m">
                {!signIn.choosesPassword && (
                  <FormField label="E-mail" errorText={missing(email, 'your e-mail address')}>
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
                  key={stage}
                  label={signIn.choosesPassword ? 'New password' : 'Password'}
                  description={
                    signIn.choosesPassword ? 'This account asks for a password of your own.' : undefined
                  }
                  errorText={missing(secret, signIn.choosesPassword ? 'a new password' : 'your password')}
                >
                  <Input
                    type="password"
                    name="password"
                    autoComplete={signIn.choosesPassword ? 'new-password' : 'current-password'}
                    value={secret}
                    onChange={({ detail }) =>
                      signIn.choosesPassword ? setChosen(detail.value) : setPassword(detail.value)
                    }
                  />
                </FormField>
                <Button variant="primary" formAction="submit" loading={signIn.isBusy} fullWidth>
                  {signIn.choosesPassword ? 'Set password and sign in' : 'Sign in'}
                </Button>
              </SpaceBetween>
            </Container>
          </form>
        </SpaceBetween>
      </div>
    </main>
  );
}
