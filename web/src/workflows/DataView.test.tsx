// @vitest-environment jsdom
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
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

  it('keeps the line breaks of a text', async () => {
    renderConsole(<DataView data={{ note: 'one\n  two' }} />);
    const note = await screen.findByText(/one/);
    expect(note.textContent).toBe('one\n  two');
    expect(note).toHaveClass('text-value');
  });

  it('collapses a long nested value, and shows it in an area that scrolls', async () => {
    const lines = Array.from({ length: 5_000 }, (_, price) => ({ price }));
    renderConsole(<DataView data={{ lines }} />);
    const header = await screen.findByRole('button', { name: 'List with 5000 items' });
    expect(header).toHaveAttribute('aria-expanded', 'false');
    await userEvent.click(header);
    const area = screen.getByRole('region', { name: 'List with 5000 items' });
    expect(area).toHaveAttribute('tabindex', '0');
    expect(area).toHaveTextContent('"price": 4999');
  });
});
