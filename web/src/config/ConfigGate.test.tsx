// @vitest-environment jsdom
import '@testing-library/jest-dom/vitest';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ConfigGate } from './ConfigGate';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const whole = { region: 'r', apiUrl: 'a', userPoolId: 'p', userPoolClientId: 'c', stage: 'dev' };

function open(...answers: (() => Promise<Response>)[]) {
  const fetcher = vi.fn<typeof fetch>();
  for (const answer of answers) fetcher.mockImplementationOnce(answer);
  vi.stubGlobal('fetch', fetcher);
  render(
    <QueryClientProvider client={new QueryClient()}>
      <ConfigGate>{(config) => <p>Stage {config.stage}</p>}</ConfigGate>
    </QueryClientProvider>,
  );
}

describe('a console without settings', () => {
  it('says so at once, and comes up when they are there', async () => {
    open(
      () => Promise.resolve(new Response('', { status: 403 })),
      () => Promise.resolve(Response.json(whole)),
    );
    expect(await screen.findByRole('alert')).toHaveTextContent('config.json answered 403.');
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('Stage dev')).toBeVisible();
  });

  it('says when nobody answers', async () => {
    open(() => Promise.reject(new TypeError('Failed to fetch')));
    expect(await screen.findByRole('alert')).toHaveTextContent('config.json cannot be reached.');
  });
});
