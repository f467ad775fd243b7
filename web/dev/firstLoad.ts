import type { HtmlTagDescriptor, Plugin } from 'vite';

/**
 * What the inbox needs at first is two files: `start` shows the sign-in, and `inbox` the rest. Without this, each set of
 * pages that share a module has a file of its own, and the first load has dozens of them.
 */
export const FIRST_LOAD = [
  { name: 'start', test: /\/src\/main\.tsx$/, priority: 2 },
  { name: 'inbox', test: /\/src\/(shell\/Console|work\/WorkPage)\.tsx$/, priority: 1 },
];

/** Have the browser fetch the files of the first load at once, not each when the one before it has run. */
export function preloadFirstLoad(): Plugin {
  return {
    name: 'countersign-preload-first-load',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { bundle }) => {
        const chunks = Object.values(bundle ?? {}).filter((each) => each.type === 'chunk');
        const inbox = chunks.find(({ name }) => name === 'inbox');
        if (!inbox) throw new Error('The build has no chunk with the name "inbox".');
        // What is imported on demand is a tiny file that exports from the large one.
        const exporting = chunks.filter(({ imports }) => imports.includes(inbox.fileName));
        const pages = exporting.filter(({ name }) => ['Console', 'WorkPage'].includes(name));
        if (pages.length !== 2) throw new Error('The build has no chunks of the console and the Work page.');
        const styles = [...(inbox.viteMetadata?.importedCss ?? [])];
        const preload = (attributes: Record<string, string>): HtmlTagDescriptor => ({
          tag: 'link',
          attrs: { crossorigin: '', ...attributes },
          injectTo: 'head',
        });
        return [
          preload({ rel: 'preload', as: 'fetch', href: './config.json' }),
          ...[inbox, ...pages].map(({ fileName }) =>
            preload({ rel: 'modulepreload', href: `./${fileName}` }),
          ),
          ...styles.map((file) => preload({ rel: 'preload', as: 'style', href: `./${file}` })),
        ];
      },
    },
  };
}
