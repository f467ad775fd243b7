// @vitest-environment jsdom
import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { renderConsole } from '../testing/renderConsole';
import { DataView } from './DataView';

describe('the data of a workflow', () => {
  it.each([
    [2026, '2026'],
    [12.5, '12.5'],
    [1e21, '1e+21'],
    [1e-7, '1e-7'],
  ])('shows the number %d with the digits of the record', async (value, expected) => {
    renderConsole(<DataView data={{ value }} />);
    expect(await screen.findByText(expected)).toBeVisible();
  });

  it('shows yes-or-no values, and nested data as JSON', async () => {
    renderConsole(<DataView data={{ paid: false, note: '', lines: [{ item: 'Laptop' }] }} />);
    expect(await screen.findByText('No')).toBeVisible();
    expect(screen.getByText(/"item": "Laptop"/)).toBeVisible();
  });
});
