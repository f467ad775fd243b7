/** Not below the schemes: a scheme can have any ID. */
export const CREATE_SCHEME_HREF = '#/admin/new-scheme';
export const SCHEMES_HREF = '#/admin/schemes';
export const GROUPS_HREF = '#/admin/groups';

export const schemeHref = (schemeId: string): string => `${SCHEMES_HREF}/${encodeURIComponent(schemeId)}`;
export const editSchemeHref = (schemeId: string): string => `${schemeHref(schemeId)}/edit`;
export const groupHref = (name: string): string => `${GROUPS_HREF}/${encodeURIComponent(name)}`;
