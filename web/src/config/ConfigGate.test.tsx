// @vitest-environment jsdom
import '@testing-library/jest-dom/vitest';
import { QueryClientProvider } from '@tanstack/react-query';
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createQueryClient } from '../api/ApiProvider';
import { ConfigGate } from './ConfigGate';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const complete = {
  region: 'r',
  apiUrl: 'https://api.example.com',
  issuer: 'i',
  loginUrl: 'https://login.example.com',
  userPoolClientId: 'c',
  cognitoEndpoint: 'https://cognito.example.com',
  stage: 'dev',
};

function renderGate(...responses: (() => Promise<Response>)[]) {
  const fetcher = vi.fn<typeof fetch>();
  for (const response of responses) fetcher.mockImplementationOnce(response);
  vi.stubGlobal('fetch', fetcher);
  render(
    <QueryClientProvider client={createQueryClient()}>
      <ConfigGate>{(config) => <p>Stage {config.stage}</p>}</ConfigGate>
    </QueryClientProvider>,
  );
}

describe('a console without configuration', () => {
  it('says so immediately and continues when the configuration is available', async () => {
    renderGate(
      () => Promise.resolve(new Response('', { status: 403 })),
      () => Promise.resolve(Response.json(complete)),
    );
    expect(await screen.findByRole('alert')).toHaveTextContent('config.json returned status 403.');
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('Stage dev')).toBeVisible();
  });

  it('says if the configuration is unreachable', async () => {
    renderGate(() => Promise.reject(new TypeError('Failed to fetch')));
    expect(await screen.findByRole('alert')).toHaveTextContent("Can't load config.json.");
  });
});
