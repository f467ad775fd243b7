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
        const inbox = Object.values(bundle ?? {}).find(
          (each) => each.type === 'chunk' && each.name === 'inbox',
        );
        if (inbox?.type !== 'chunk') throw new Error('The build has no chunk with the name "inbox".');
        const styles = [...(inbox.viteMetadata?.importedCss ?? [])];
        const preload = (attributes: Record<string, string>): HtmlTagDescriptor => ({
          tag: 'link',
          attrs: { crossorigin: '', ...attributes },
          injectTo: 'head',
        });
        return [
          preload({ rel: 'preload', as: 'fetch', href: './config.json' }),
          preload({ rel: 'modulepreload', href: `./${inbox.fileName}` }),
          ...styles.map((file) => preload({ rel: 'preload', as: 'style', href: `./${file}` })),
        ];
      },
    },
  };
}
