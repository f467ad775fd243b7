import i18next from 'i18next';
import en from './messages/en';

// The codes are those of the verification API and of `countersign-verify`.
const isKnown = (code: string): code is keyof typeof en.findings => Object.hasOwn(en.findings, code);

/** Return a sentence for a finding, or an empty text for a code that this version of the console doesn't know. */
export const findingSentence = (code: string): string =>
  isKnown(code) ? i18next.t(`proof:findings.${code}`) : '';
