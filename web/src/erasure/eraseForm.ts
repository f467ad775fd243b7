import i18next from 'i18next';
import type { ErasureRequest, Part } from '../api/types';
import { validateReason } from '../components/ReasonField';
import type { NamedPerson } from '../people/people';

/** What an administrator has entered to erase a user's data. */
export interface EraseDraft {
  user: NamedPerson | null;
  parts: Part[];
  reason: string;
}

export interface EraseErrors {
  user?: string;
  parts?: string;
  reason?: string;
}

export const EMPTY_DRAFT: EraseDraft = { user: null, parts: ['person'], reason: '' };

/** Return what is wrong with the form, by field. */
export function validateErase({ user, parts, reason }: EraseDraft): EraseErrors {
  const errors: EraseErrors = {};
  if (!user) errors.user = i18next.t('erasure:form.userMissing');
  if (parts.length === 0) errors.parts = i18next.t('erasure:form.partsMissing');
  const reasonError = validateReason(reason);
  if (reasonError) errors.reason = reasonError;
  return errors;
}

/** Add a part or remove it. The order stays the same, so that equal choices are equal requests. */
export const togglePart = (parts: Part[], part: Part, isChosen: boolean): Part[] =>
  (['person', 'content'] as const).filter((each) => (each === part ? isChosen : parts.includes(each)));

/** Return the request for a form, without a dry run, or null if something is wrong with the form. */
export function toErasureRequest(draft: EraseDraft): ErasureRequest | null {
  const { user, parts, reason } = draft;
  if (!user || Object.keys(validateErase(draft)).length > 0) return null;
  return { userId: user.userId, parts, reason: reason.trim() };
}
