// @vitest-environment jsdom
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { expect, it, vi } from 'vitest';
import { renderConsole } from '../testing/renderConsole';
import { FilterField } from './FilterField';

const onChange = vi.fn<(value: string) => void>();

/** A slow URL: it follows when the button is clicked. */
function Page() {
  const [value, setValue] = useState('');
  return (
    <>
      <FilterField ref={null} value={value} matches={0} onChange={onChange} />
      <button onClick={() => setValue('ch')}>Follow</button>
      <button onClick={() => setValue('')}>Reset</button>
    </>
  );
}

it('keeps what the user types while the URL follows, and follows the URL otherwise', async () => {
  renderConsole(<Page />);
  const field = await screen.findByRole('searchbox', { name: 'Filter' });
  await userEvent.type(field, 'ch');
  await waitFor(() => expect(onChange).toHaveBeenCalledWith('ch'));
  await userEvent.type(field, 'a');
  screen.getByRole('button', { name: 'Follow' }).click();
  await waitFor(() => expect(screen.getAllByText('0 matches')[0]).toBeVisible());
  expect(field).toHaveValue('cha');
  screen.getByRole('button', { name: 'Reset' }).click();
  await waitFor(() => expect(field).toHaveValue(''));
});
