// @vitest-environment jsdom
import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderConsole, stubApi } from '../testing/renderConsole';
import { useWorkflow } from '../workflows/queries';
import { QueryBoundary } from './QueryBoundary';

function Page() {
  return (
    <QueryBoundary query={useWorkflow('w-1')} what="the workflow">
      {({ workflow }) => workflow.title}
    </QueryBoundary>
  );
}

it.each([400, 404])('an address of nothing (%d) is told in plain words, with a way out', async (status) => {
  stubApi({ 'GET /workflows/w-1': () => Response.json({ title: 'Technical' }, { status }) });
  renderConsole(<Page />);
  expect(await screen.findByText('You cannot see the workflow')).toBeVisible();
  expect(screen.getByRole('link', { name: 'Go to my work' })).toHaveAttribute('href', '#/work');
});
