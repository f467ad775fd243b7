import axe from 'axe-core';
import { vi } from 'vitest';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Return one line for each violation of WCAG 2.2 A and AA that shows without a layout. */
export async function accessibilityViolations(container: Element): Promise<string[]> {
  // jsdom has no canvas, and says so in the output.
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(null);
  const { violations } = await axe.run(container, {
    runOnly: RULES,
    // Colors need a layout: the browser tests check them.
    rules: { 'color-contrast': { enabled: false } },
  });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}
