// @vitest-environment jsdom
import { fireEvent, render, screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { useRouterLinks } from './useRouterLinks';
import '../testing/renderConsole';

const navigate = vi.fn<(path: string) => void>();

function Page() {
  useRouterLinks(navigate);
  return (
    <>
      <a href="#/work">
        <span>Work</span>
      </a>
      <a href="#/work" onClick={(event) => event.preventDefault()}>
        Handled
      </a>
      <a href="#/work" target="_blank" rel="noreferrer">
        New tab
      </a>
      <a href="#part">Part of the page</a>
    </>
  );
}

describe('links of the console', () => {
  it('are followed by the router', () => {
    render(<Page />);
    expect(fireEvent.click(screen.getByText('Work'))).toBe(false);
    expect(navigate).toHaveBeenCalledExactlyOnceWith('/work');
  });

  it('are left to the browser and to other handlers otherwise', () => {
    render(<Page />);
    navigate.mockClear();
    fireEvent.click(screen.getByText('Work'), { ctrlKey: true });
    fireEvent.click(screen.getByText('Handled'));
    fireEvent.click(screen.getByText('New tab'));
    fireEvent.click(screen.getByText('Part of the page'));
    expect(navigate).not.toHaveBeenCalled();
  });
});
