import i18next from 'i18next';
import { countCharacters } from '../components/countCharacters';

export const MAX_COMMENT_LENGTH = 4_000;

/** Return what is wrong with a comment that may be empty, or undefined. */
export const commentProblem = (comment: string): string | undefined =>
  countCharacters(comment.trim()) > MAX_COMMENT_LENGTH
    ? i18next.t('workflows:tooLong', { maximum: MAX_COMMENT_LENGTH })
    : undefined;
