import i18next, { type TFunction } from 'i18next';

/**
 * Return the function that translates texts of proofs to the current language.
 *
 * The results of checks contain texts, so their query keys contain the language.
 */
export const proofText = (): TFunction<'proof'> => i18next.getFixedT(null, 'proof');
