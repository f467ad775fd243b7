// @vitest-environment jsdom
import '@testing-library/jest-dom/vitest';
import { act, cleanup, render, screen, waitFor } from '@testing-library/react';
import { useEffect, useState } from 'react';
import { createMemoryRouter, Outlet, RouterProvider } from 'react-router';
import { afterEach, describe, expect, it } from 'vitest';
import { useFocusOnNavigation } from './useFocusOnNavigation';

afterEach(cleanup);

const page: { finishLoading?: () => void } = {};

function Shell() {
  useFocusOnNavigation();
  return (
    <>
      {/* Cloudscape has the menu in here, too. */}
      <main>
        <button>Menu</button>
        <Outlet />
      </main>
    </>
  );
}

function SlowPage() {
  const [isLoaded, setIsLoaded] = useState(false);
  useEffect(() => {
    page.finishLoading = () => setIsLoaded(true);
  }, []);
  return isLoaded ? <h1>Slow</h1> : <p>Loading</p>;
}

function renderShell() {
  const router = createMemoryRouter(
    [
      {
        path: '/',
        element: <Shell />,
        children: [
          { index: true, element: <h1>Start</h1> },
          { path: 'other', element: <h1>Other</h1> },
          { path: 'slow', element: <SlowPage /> },
          // eslint-disable-next-line jsx-a11y/no-autofocus -- what the test is about
          { path: 'form', element: [<h1 key="1">Form</h1>, <input key="2" aria-label="Title" autoFocus />] },
        ],
      },
    ],
    { initialEntries: ['/'] },
  );
  render(<RouterProvider router={router} />);
  screen.getByRole('button').focus();
  return (address: string) => act(() => router.navigate(address));
}

describe('the focus', () => {
  it('moves to the heading of the next page, and stays if only the parameters change', async () => {
    const navigate = renderShell();
    await navigate('/?view=mine');
    await act(() => new Promise((resolve) => setTimeout(resolve, 50)));
    expect(screen.getByRole('button')).toHaveFocus();
    await navigate('/other');
    await waitFor(() => expect(screen.getByRole('heading', { name: 'Other' })).toHaveFocus());
  });

  it('waits for a page that loads', async () => {
    const navigate = renderShell();
    await navigate('/slow');
    await act(() => new Promise((resolve) => setTimeout(resolve, 50)));
    act(() => page.finishLoading?.());
    await waitFor(() => expect(screen.getByRole('heading', { name: 'Slow' })).toHaveFocus());
  });

  it('stays where the user goes in the meantime', async () => {
    const navigate = renderShell();
    await navigate('/slow');
    await act(() => new Promise((resolve) => setTimeout(resolve, 50)));
    act(() => void window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Tab' })));
    act(() => page.finishLoading?.());
    await screen.findByRole('heading', { name: 'Slow' });
    await act(() => new Promise((resolve) => setTimeout(resolve, 50)));
    expect(screen.getByRole('button')).toHaveFocus();
  });

  it('stays in the field that a page has focused', async () => {
    const navigate = renderShell();
    await navigate('/form');
    await act(() => new Promise((resolve) => setTimeout(resolve, 50)));
    expect(screen.getByRole('textbox', { name: 'Title' })).toHaveFocus();
  });
});
