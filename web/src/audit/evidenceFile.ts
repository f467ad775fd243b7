import type { Evidence } from '../api/types';

export const evidenceFileName = (workflowId: string): string => `countersign-evidence-${workflowId}.jsonl`;

/** Return the content of an evidence file: one page of the bundle per line. */
export const toFileContent = (pages: Evidence[]): string =>
  pages.map((page) => `${JSON.stringify(page)}\n`).join('');

/** Return the command that checks an evidence file. */
export const verifyCommand = (workflowId: string, logKey: string): string =>
  `countersign-verify ${evidenceFileName(workflowId)} --key '${logKey}'`;
