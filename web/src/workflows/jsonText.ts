import i18next from 'i18next';
import { printParseErrorCode, visit } from 'jsonc-parser';
import en from './messages/en';
import { numberProblem } from './numbers';

/** The limit of the service for nested objects and lists. */
export const MAX_DEPTH = 64;

/** What is wrong with a JSON text, and where. */
export interface JsonProblem {
  /** The offsets of the characters that are wrong. */
  from: number;
  to: number;
  /** From 1. */
  line: number;
  message: string;
}

const LONE_SURROGATE = /\p{Surrogate}/u;

type SyntaxError = keyof typeof en.json.syntax;
const isSyntaxError = (code: string): code is SyntaxError => Object.hasOwn(en.json.syntax, code);

const syntaxMessage = (code: string): string =>
  i18next.t(`workflows:json.syntax.${isSyntaxError(code) ? code : 'InvalidSymbol'}`);

/**
 * Return everything that is wrong with a JSON text: its syntax, names that are used twice, numbers that can't be stored
 * exactly, texts that aren't Unicode, and values that are nested too deeply.
 */
export function findJsonProblems(text: string): JsonProblem[] {
  const problems: JsonProblem[] = [];
  const report = (message: string, offset: number, length: number, startLine: number) =>
    problems.push({ from: offset, to: offset + length, line: startLine + 1, message });
  // The names of the objects around the current position. A list has none.
  const scopes: Set<string>[] = [];
  const enter = (offset: number, length: number, startLine: number) => {
    scopes.push(new Set());
    if (scopes.length === MAX_DEPTH + 1) {
      report(i18next.t('workflows:json.tooDeep', { maximum: MAX_DEPTH }), offset, length, startLine);
    }
  };
  const leave = () => void scopes.pop();
  const checkText = (value: string, offset: number, length: number, startLine: number) => {
    if (LONE_SURROGATE.test(value)) report(i18next.t('workflows:json.notUnicode'), offset, length, startLine);
  };
  try {
    visit(
      text,
      {
        onObjectBegin: enter,
        onObjectEnd: leave,
        onArrayBegin: enter,
        onArrayEnd: leave,
        onObjectProperty: (name, offset, length, startLine) => {
          const names = scopes.at(-1);
          if (names?.has(name)) {
            report(i18next.t('workflows:json.duplicateName', { name }), offset, length, startLine);
          }
          names?.add(name);
          checkText(name, offset, length, startLine);
        },
        onLiteralValue: (value: unknown, offset, length, startLine) => {
          if (typeof value === 'string') checkText(value, offset, length, startLine);
          if (typeof value !== 'number') return;
          const literal = text.slice(offset, offset + length);
          const problem = numberProblem(literal);
          if (problem) report(`${literal}: ${problem}`, offset, length, startLine);
        },
        onError: (code, offset, length, startLine) =>
          report(syntaxMessage(printParseErrorCode(code)), offset, length, startLine),
      },
      { disallowComments: true, allowTrailingComma: false },
    );
  } catch (error) {
    // The parser calls itself for each level.
    if (!(error instanceof RangeError)) throw error;
    report(i18next.t('workflows:json.tooDeep', { maximum: MAX_DEPTH }), 0, 0, 0);
  }
  if (problems.length === 0 && !isJson(text)) report(syntaxMessage(''), 0, 0, 0);
  return problems;
}

/** The parser that positions come from and the one that values come from must agree. */
function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Describe problems in one text, the first of them if there are many. */
export function describeJsonProblems(problems: JsonProblem[], shown = 3): string {
  const lines: string[] = problems
    .slice(0, shown)
    .map(({ line, message }) => i18next.t('workflows:json.atLine', { line, message }));
  const others = problems.length - shown;
  if (others > 0) lines.push(i18next.t('workflows:json.others', { count: others }));
  return lines.join(' ');
}
