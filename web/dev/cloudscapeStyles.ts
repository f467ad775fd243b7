import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { AcceptedPlugin } from 'postcss';
import type { Plugin } from 'vite';

const SOURCES = join(import.meta.dirname, '..', 'src');
const COMPONENTS = dirname(
  createRequire(import.meta.url).resolve('@cloudscape-design/components/package.json'),
);
const THEME = join(COMPONENTS, 'internal/base-theme/styles.scoped.css');
const TOKENS = join(COMPONENTS, 'internal/generated/styles/tokens.js');

const IMPORT = /(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g;
const PROPERTY = /--[\w-]+/g;
/** Of a CSS module of Cloudscape, such as awsui_root_18wu0_hdd32_145. */
const CLASS = /awsui_[\w-]+_[a-z0-9]{4,6}_[a-z0-9]{4,6}_\d+/g;
const NAME = new RegExp(`${CLASS.source}|${PROPERTY.source}`, 'g');

/** The custom properties of Cloudscape's theme. */
interface Theme {
  defined: ReadonlySet<string>;
  /** Those that any component of the console refers to. */
  used: ReadonlySet<string>;
}

const matches = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map((match) => match[1] ?? match[0]);

/** Return the source files of the console. */
export const sourceFiles = (): string[] =>
  readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(tsx?|css)$/.test(name))
    .map((name) => join(SOURCES, name));

/** Return the contents of files, and of those that they import, directly or not. */
function reachable(entries: string[]): Map<string, string> {
  const texts = new Map<string, string>();
  const waiting = [...entries];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (texts.has(path)) continue;
    const text = readFileSync(path, 'utf8');
    texts.set(path, text);
    if (!path.endsWith('.js')) continue;
    for (const name of matches(text, IMPORT)) {
      if (name.startsWith('.')) waiting.push(resolveFile(join(dirname(path), name)));
    }
  }
  return texts;
}

function resolveFile(path: string): string {
  for (const candidate of [path, `${path}.js`, join(path, 'index.js')]) {
    try {
      readFileSync(candidate);
      return candidate;
    } catch {
      // The next one.
    }
  }
  throw new Error(`Cloudscape has no file ${path}.`);
}

/** Return the properties of the tokens that scripts use by the name of a constant. */
function tokensOfScripts(scripts: string[]): string[] {
  const users = scripts.filter((text) => text.includes('generated/styles/tokens')).join('\n');
  return [...readFileSync(TOKENS, 'utf8').matchAll(/export var (\w+) = "var\((--[\w-]+)/g)]
    .filter(([, constant]) => constant !== undefined && new RegExp(`\\b${constant}\\b`).test(users))
    .map(([, , property]) => property ?? '');
}

/** Return the contents of Cloudscape's files that the console imports, directly or not. */
export function usedFiles(): Map<string, string> {
  const components = sourceFiles()
    .flatMap((path) => matches(readFileSync(path, 'utf8'), IMPORT))
    .filter((name) => name.startsWith('@cloudscape-design/components/'))
    .map((name) => resolveFile(join(COMPONENTS, name.replace('@cloudscape-design/components/', ''))));
  return reachable(components);
}

function readTheme(): Theme {
  const theme = readFileSync(THEME, 'utf8');
  const defined = new Set(matches(theme, /(?<=[\s;{])(--(?!awsui)[\w-]+):/g));
  const sources = sourceFiles().map((path) => readFileSync(path, 'utf8'));
  const texts = usedFiles();
  texts.delete(THEME);
  texts.delete(TOKENS);
  const scripts = [...texts].filter(([path]) => path.endsWith('.js')).map(([, text]) => text);
  const globalStyles = createRequire(import.meta.url).resolve('@cloudscape-design/global-styles/index.css');
  const used = new Set(
    [...texts.values(), ...sources, readFileSync(globalStyles, 'utf8')].flatMap((text) =>
      matches(text, PROPERTY),
    ),
  );
  for (const property of tokensOfScripts(scripts)) used.add(property);
  for (const [property, value] of [...theme.matchAll(/(--[\w-]+):([^;}]*)/g)].map(([, p, v]) => [p, v])) {
    if (property && used.has(property)) for (const name of matches(value ?? '', PROPERTY)) used.add(name);
  }
  return { defined, used };
}

/** Return a value without the fallbacks of properties that the theme always defines. */
function withoutFallbacks(value: string, defined: ReadonlySet<string>): string {
  const start = /var\(\s*(--[\w-]+)\s*,/.exec(value);
  if (!start) return value;
  const property = start[1] ?? '';
  const from = start.index + start[0].length;
  let end = from;
  for (let depth = 1; depth > 0; end += 1) {
    if (value[end] === '(') depth += 1;
    if (value[end] === ')') depth -= 1;
    if (end > value.length) throw new Error(`Unbalanced parentheses: ${value}`);
  }
  const fallback = withoutFallbacks(value.slice(from, end - 1), defined);
  const variable = defined.has(property) ? `var(${property})` : `var(${property},${fallback})`;
  return value.slice(0, start.index) + variable + withoutFallbacks(value.slice(end), defined);
}

/** Return a short name for each class of Cloudscape's that the console uses, and for each property of the theme. */
function shortNames({ defined }: Theme): ReadonlyMap<string, string> {
  const styles = [...usedFiles()].filter(([path]) => path.endsWith('.css')).map(([, text]) => text);
  const classes = new Set(styles.flatMap((text) => matches(text, CLASS)));
  return new Map([
    ...[...classes].sort().map((name, index) => [name, `_${index.toString(36)}`] as const),
    ...[...defined].sort().map((name, index) => [name, `--_${index.toString(36)}`] as const),
  ]);
}

/** Removes fonts, unused properties of the theme, and fallbacks, and shortens names. */
function smallerStyles(theme: Theme, shorten: (text: string) => string): AcceptedPlugin {
  return {
    postcssPlugin: 'smaller-styles',
    OnceExit: (root) => {
      if (!root.source?.input.file?.includes('@cloudscape-design')) return;
      root.walkAtRules('font-face', (rule) => {
        if (rule.toString().includes("url('data:")) rule.remove();
      });
      root.walkDecls((declaration) => {
        const { prop, value } = declaration;
        if (theme.defined.has(prop) && !theme.used.has(prop)) declaration.remove();
        else
          declaration.assign({ prop: shorten(prop), value: shorten(withoutFallbacks(value, theme.defined)) });
      });
      root.walkRules((rule) => {
        rule.selector = shorten(rule.selector);
      });
      root.walkAtRules(/keyframes/, (rule) => {
        rule.params = shorten(rule.params);
      });
    },
  };
}

/**
 * Makes Cloudscape's style sheets smaller, to less than half of their compressed size:
 *
 * - without fonts inside of style sheets, which src/shell/fonts.css has as files,
 * - without properties of the theme that no component of the console uses, such as those of charts,
 * - without fallbacks of properties that the theme defines, which repeat its values thousands of times,
 * - with short names of classes and properties, in style sheets and scripts alike.
 */
export function smallerCloudscapeStyles(): Plugin {
  let shorten = (text: string) => text;
  return {
    name: 'countersign-smaller-styles',
    apply: 'build',
    config() {
      if (process.env.VITEST) return {};
      const theme = readTheme();
      const names = shortNames(theme);
      shorten = (text) => text.replaceAll(NAME, (name) => names.get(name) ?? name);
      return { css: { postcss: { plugins: [smallerStyles(theme, shorten)] } } };
    },
    transform(code, id) {
      const isScript = id.includes('@cloudscape-design') && id.endsWith('.js');
      return isScript ? { code: shorten(code), map: null } : null;
    },
  };
}
