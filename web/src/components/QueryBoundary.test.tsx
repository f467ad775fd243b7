// @vitest-environment jsdom
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { ProblemError } from '../api/problem';
import { renderConsole } from '../testing/renderConsole';
import { QueryBoundary } from './QueryBoundary';

type List = { items: string[] };

function renderBoundary(query: { data?: List; error?: Error }) {
  const refetch = vi.fn<() => void>();
  renderConsole(
    <QueryBoundary
      query={{ data: query.data, error: query.error ?? null, refetch }}
      label="the workflow"
      empty="No workflows"
    >
      {({ items }) => items.join(', ')}
    </QueryBoundary>,
  );
  return refetch;
}

const problem = (status: number) => new ProblemError({ status, title: `Status ${status}` });

describe('a query boundary', () => {
  it('says what is loading', async () => {
    renderBoundary({});
    expect(await screen.findByText('Loading the workflow')).toBeVisible();
  });

  it('shows the data', async () => {
    renderBoundary({ data: { items: ['one', 'two'] } });
    expect(await screen.findByText('one, two')).toBeVisible();
  });

  it('shows the empty state for a list without items', async () => {
    renderBoundary({ data: { items: [] } });
    expect(await screen.findByText('No workflows')).toBeVisible();
  });

  it.each([400, 404])('explains status %d in plain words and links to the start page', async (status) => {
    renderBoundary({ error: problem(status) });
    expect(await screen.findByText("You can't view the workflow")).toBeVisible();
    expect(screen.getByRole('link', { name: 'Go to Work' })).toHaveAttribute('href', '#/work');
  });

  it('shows other problems and retries on request', async () => {
    const refetch = renderBoundary({ error: problem(503) });
    expect(await screen.findByText('Status 503')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(refetch).toHaveBeenCalledOnce();
  });

  it('keeps the data visible if a refresh fails', async () => {
    renderBoundary({ data: { items: ['one'] }, error: problem(503) });
    expect(await screen.findByText('one')).toBeVisible();
    expect(screen.getByText('Status 503')).toBeVisible();
  });
});
