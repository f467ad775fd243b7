// @vitest-environment jsdom
import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderConsole } from '../testing/renderConsole';
import { DataView } from './DataView';

it('shows numbers as the record has them, and nested data whole', async () => {
  renderConsole(<DataView data={{ year: 2026, paid: false, note: '', lines: [{ item: 'Laptop' }] }} />);
  expect(await screen.findByText('2026')).toBeVisible();
  expect(screen.getByText('No')).toBeVisible();
  expect(screen.getByText(/"item": "Laptop"/)).toBeVisible();
});
