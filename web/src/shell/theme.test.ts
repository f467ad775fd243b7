// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { chooseTheme, chosenTheme, startTheme } from './theme';

let isSystemDark = false;
let onSystemChange: (() => void) | undefined;

beforeEach(() => {
  window.localStorage.clear();
  isSystemDark = false;
  vi.stubGlobal('matchMedia', () => ({
    get matches() {
      return isSystemDark;
    },
    addEventListener: (_type: string, listener: () => void) => (onSystemChange = listener),
  }));
  startTheme();
});

const isDark = () => document.body.classList.contains('awsui-dark-mode');

describe('the theme', () => {
  it('follows the system', () => {
    expect(chosenTheme()).toBe('system');
    expect(isDark()).toBe(false);
    isSystemDark = true;
    onSystemChange?.();
    expect(isDark()).toBe(true);
    expect(document.documentElement.style.colorScheme).toBe('dark');
  });

  it('is the one that the user chose, whatever the system has', () => {
    chooseTheme('dark');
    expect(isDark()).toBe(true);
    isSystemDark = true;
    chooseTheme('light');
    onSystemChange?.();
    expect(isDark()).toBe(false);
    expect(chosenTheme()).toBe('light');
  });

  it('follows a choice in another tab, and ignores what is not a theme', () => {
    window.localStorage.setItem('countersign.theme', 'dark');
    window.dispatchEvent(new StorageEvent('storage', { key: 'countersign.theme' }));
    expect(isDark()).toBe(true);
    window.localStorage.setItem('countersign.theme', 'sepia');
    expect(chosenTheme()).toBe('system');
  });
});
