import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { sourceFiles, usedFiles } from './cloudscapeStyles.ts';

const COMPONENTS = join('@cloudscape-design', 'components');
const ICONS = 'icon/generated/icons.js';
const MESSAGES = /@cloudscape-design\/components\/i18n\/messages\/all\.\w+\.js$/;

/** A part of Cloudscape that the console doesn't reach, although a component that it uses imports it. */
interface UnusedPart {
  importedBy: string;
  module: string;
  names: string[];
  /** What a source file that needs the part contains. */
  neededFor?: RegExp;
}

const UNUSED: UnusedPart[] = [
  // The open source package always shows the layout of the "visual refresh", and the one with a toolbar only in the AWS
  // console: see app-layout/utils/feature-flags.js.
  { importedBy: 'app-layout/internal.js', module: './classic', names: ['ClassicAppLayout'] },
  { importedBy: 'app-layout/internal.js', module: './visual-refresh-toolbar', names: ['ToolbarAppLayout'] },
  // For more drawers than fit. The console has one.
  {
    importedBy: 'app-layout/visual-refresh/drawers.js',
    module: '../drawer/overflow-menu',
    names: ['OverflowMenu'],
  },
  {
    importedBy: 'table/header-cell/index.js',
    module: './sort-menu',
    names: ['SortMenu'],
    neededFor: /\b(multiColumnSort|sortingColumns)\b/,
  },
  ...['table/header-cell/index.js', 'table/header-cell/group-header-cell.js', 'table/internal.js'].map(
    (importedBy) => ({
      importedBy,
      module: importedBy === 'table/internal.js' ? './resizer' : '../resizer',
      names: [importedBy === 'table/internal.js' ? 'ResizeTracker' : 'Resizer'],
      neededFor: /\bresizableColumns\b/,
    }),
  ),
  ...['InlineEditor', 'DisabledInlineEditor'].map((name) => ({
    importedBy: 'table/body-cell/index.js',
    module: name === 'InlineEditor' ? './inline-editor' : './disabled-inline-editor',
    names: [name],
    neededFor: /\beditConfig\b/,
  })),
  {
    importedBy: 'pagination/internal.js',
    module: '../popover/internal',
    names: ['InternalPopover'],
    neededFor: /\bjumpToPage\b/,
  },
  {
    importedBy: 'side-navigation/parts.js',
    module: '../expandable-section/internal',
    names: ['InternalExpandableSection'],
    neededFor: /type: '(section|section-group|expandable-link-group)'/,
  },
];

/** Replace imported names by components that show nothing. */
function withoutPart(code: string, { module, names }: UnusedPart): string {
  const statement = new RegExp(`^import ([^;]+) from '${module.replaceAll('.', '\\.')}';`, 'm').exec(code);
  const imported: string[] = statement?.[1]?.match(/\w+/g) ?? [];
  if (!statement || !names.every((name) => imported.includes(name))) {
    throw new Error(`It no longer imports ${names.join(', ')} from ${module}.`);
  }
  const rest = imported.filter((name) => !names.includes(name));
  const kept = rest.length > 0 ? `import { ${rest.join(', ')} } from '${module}';` : '';
  const replaced = names.map((name) => `const ${name} = () => null;`).join('');
  return code.replace(statement[0], '') + `\n${kept}\n${replaced}\n`;
}

/** Return the file with the icons whose names are in any file of the console, or of Cloudscape, that it uses. */
function withUsedIcons(code: string): string {
  const [start = '', ...icons] = code.split(/^(?= {4}"[\w-]+": React\.createElement\("svg")/m);
  const last = icons.pop() ?? '';
  const end = last.indexOf('\n};');
  if (icons.length < 50 || end < 0) throw new Error(`${ICONS} has another format.`);
  const texts = [
    ...[...usedFiles()].filter(([path]) => !path.endsWith('icons.js')).map(([, text]) => text),
    ...sourceFiles().map((path) => readFileSync(path, 'utf8')),
  ].join('\n');
  const names = new Set([...texts.matchAll(/['"`]([a-z-]+)['"`]/g)].map((match) => match[1]));
  const used = [...icons, `${last.slice(0, end)}\n`].filter((icon) =>
    names.has(/"([\w-]+)"/.exec(icon)?.[1] ?? ''),
  );
  return start + used.join('') + last.slice(end);
}

/** Cloudscape's texts, by package, language and component. */
type Messages = Record<string, Record<string, Record<string, unknown>>>;

/** Return the file with the texts of the components that the console, or Cloudscape itself, uses. */
function withUsedMessages(code: string): string {
  const messages = JSON.parse(code.slice(code.indexOf('{'), code.lastIndexOf('}') + 1)) as Messages;
  const scripts = [...usedFiles()]
    .filter(([path]) => path.endsWith('.js') && !path.includes(join('i18n', 'messages')))
    .map(([, text]) => text)
    .join('\n');
  const isUsed = ([component]: [string, unknown]) => scripts.includes(`'${component}'`);
  for (const languages of Object.values(messages)) {
    for (const [language, components] of Object.entries(languages)) {
      languages[language] = Object.fromEntries(Object.entries(components).filter(isUsed));
    }
  }
  return `export default ${JSON.stringify(messages)};`;
}

/**
 * Leaves out what the console doesn't reach of Cloudscape's components, a fifth of the first load. The build fails if a
 * source file needs such a part, or if an update of Cloudscape has changed the files.
 */
export function smallerComponents(): Plugin {
  const waiting = new Set([ICONS, ...UNUSED.map(({ importedBy }) => importedBy)]);
  const idOf = (file: string) => join(COMPONENTS, file);
  return {
    name: 'countersign-smaller-components',
    apply: 'build',
    buildStart() {
      for (const path of sourceFiles()) {
        const text = readFileSync(path, 'utf8');
        const needed = UNUSED.find(({ neededFor }) => neededFor?.test(text));
        if (needed)
          this.error(`${path} needs ${needed.names.join(', ')}: remove it from dev/cloudscapeParts.ts.`);
      }
    },
    transform(code, id) {
      if (MESSAGES.test(id)) return { code: withUsedMessages(code), map: null };
      const file = [...waiting].find((name) => id.endsWith(idOf(name)));
      if (!file) return null;
      waiting.delete(file);
      if (file === ICONS) return { code: withUsedIcons(code), map: null };
      return {
        code: UNUSED.filter(({ importedBy }) => importedBy === file).reduce(withoutPart, code),
        map: null,
      };
    },
    buildEnd(error) {
      if (!error && waiting.size > 0) this.error(`Not in the build: ${[...waiting].join(', ')}.`);
    },
  };
}
