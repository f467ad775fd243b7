import { lazy, type ComponentType } from 'react';

const waiting: (() => Promise<unknown>)[] = [];

/**
 * Return a component in a file of its own, which the first view doesn't need: a dialog, a panel, or a preview.
 *
 * Its file is fetched by `loadParts`, or when it is shown before that. Show it inside of `Suspense`.
 */
export function lazyPart<Props>(load: () => Promise<ComponentType<Props>>) {
  waiting.push(load);
  return lazy(async () => ({ default: await load() }));
}

/** Fetch the files of all parts, one after the other, so that each opens without a delay. */
export async function loadParts(): Promise<void> {
  for (let load = waiting.shift(); load; load = waiting.shift()) await load();
}
