/** Return the address of the page of an audit record. */
export const recordHref = (datasetId: string): string => `#/audit/records/${encodeURIComponent(datasetId)}`;
