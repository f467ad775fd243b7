import type { ErasureRequest, Part } from '../api/types';
import { validateReason } from '../components/ReasonField';

/** What an administrator has entered to erase a user's data. */
export interface EraseDraft {
  userId: string;
  parts: Part[];
  reason: string;
}

export interface EraseErrors {
  userId?: string;
  parts?: string;
  reason?: string;
}

export const EMPTY_DRAFT: EraseDraft = { userId: '', parts: ['person'], reason: '' };

/** Return what is wrong with the form, by field, or null. */
export function validateErase({ userId, parts, reason }: EraseDraft): EraseErrors | null {
  const errors: EraseErrors = {};
  if (!userId.trim()) errors.userId = 'Enter the ID of the user.';
  if (parts.length === 0) errors.parts = 'Choose what to erase.';
  const reasonError = validateReason(reason);
  if (reasonError) errors.reason = reasonError;
  return Object.keys(errors).length > 0 ? errors : null;
}

/** Add a part or remove it. The order stays the same, so that equal choices are equal requests. */
export const togglePart = (parts: Part[], part: Part, isChosen: boolean): Part[] =>
  (['person', 'content'] as const).filter((each) => (each === part ? isChosen : parts.includes(each)));

/** Return the request for a valid form, without a dry run. */
export const toErasureRequest = ({ userId, parts, reason }: EraseDraft): ErasureRequest => ({
  userId: userId.trim(),
  parts,
  reason: reason.trim(),
});
