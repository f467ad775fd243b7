import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { memoryStorage } from '../testing/memoryStorage';
import { reloadIfFilesAreMissing, wasReloaded } from './reloadOnce';

function setUp() {
  const target = new EventTarget();
  const storage = memoryStorage();
  const reload = vi.fn();
  reloadIfFilesAreMissing(target, storage, reload);
  const fail = () => {
    const event = new Event('vite:preloadError', { cancelable: true });
    target.dispatchEvent(event);
    return event.defaultPrevented;
  };
  return { storage, reload, fail };
}

beforeEach(() => {
  vi.stubGlobal('navigator', { onLine: true });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('a missing file of the build', () => {
  it('loads the page again once, with a message', () => {
    const { storage, reload, fail } = setUp();
    expect(wasReloaded(storage)).toBe(false);
    expect(fail()).toBe(true);
    expect(wasReloaded(storage)).toBe(true);
    expect(wasReloaded(storage)).toBe(false);
    expect(fail()).toBe(false);
    expect(reload).toHaveBeenCalledOnce();
  });

  it('loads the page again at the next deployment', () => {
    vi.useFakeTimers();
    const { reload, fail } = setUp();
    fail();
    vi.advanceTimersByTime(60_000);
    fail();
    expect(reload).toHaveBeenCalledTimes(2);
  });

  it('is an error without a connection', () => {
    vi.stubGlobal('navigator', { onLine: false });
    const { reload, fail } = setUp();
    expect(fail()).toBe(false);
    expect(reload).not.toHaveBeenCalled();
  });
});
