import i18next from 'i18next';

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const PARTS = /^[+-]?(\d*)\.?(\d*)(?:e([+-]?\d+))?$/i;

/** Return the digits of a decimal number and its power of ten, without zeros at either end: 12.50 is 125e-1. */
function normalize(literal: string): string {
  const [, integer = '', fraction = '', exponent = '0'] = PARTS.exec(literal) ?? [];
  const digits = (integer + fraction).replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  const power = Number(exponent) - fraction.length + digits.length - significant.length;
  return significant === '' ? '0' : `${significant}e${power}`;
}

/**
 * Return why a number can't be stored exactly as it was typed, or null.
 *
 * Numbers are IEEE 754 doubles (RFC 8785), which keep every number of up to 15 digits, and some longer ones.
 */
export function numberProblem(literal: string): string | null {
  if (!DECIMAL.test(literal)) return i18next.t('workflows:number.invalid');
  const value = Number(literal);
  const stored = normalize(String(value));
  const typed = normalize(literal);
  if (!Number.isFinite(value)) return i18next.t('workflows:number.tooLarge');
  if (typed === stored) return null;
  if (stored === '0') return i18next.t('workflows:number.tooSmall');
  return i18next.t('workflows:number.tooManyDigits', { stored: String(value) });
}
