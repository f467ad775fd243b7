import js from '@eslint/js';
import i18next from 'eslint-plugin-i18next';
import jsxA11y from 'eslint-plugin-jsx-a11y';
import reactHooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import tseslint from 'typescript-eslint';

// Folders that every feature may import.
const FOUNDATION = ['api', 'components', 'config', 'i18n', 'session'];
// Which other features a feature may import. The shell imports all of them, and i18n their messages.
const FEATURES = {
  ...Object.fromEntries(FOUNDATION.map((folder) => [folder, []])),
  people: [],
  schemes: [],
  proof: [],
  workflows: ['erasure', 'notifications', 'people', 'proof', 'schemes'],
  notifications: [],
  work: ['schemes', 'notifications', 'people', 'proof', 'workflows'],
  audit: ['schemes', 'people', 'proof', 'workflows'],
  integrity: ['proof'],
  erasure: ['schemes', 'people', 'proof'],
  admin: ['schemes', 'people', 'workflows'],
};

const importBoundary = ([feature, others]) => ({
  files: [`src/${feature}/**/*.{ts,tsx}`],
  ignores: ['**/*.test.{ts,tsx}'],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            regex: `^(\\.\\./)+(?!\\.\\./|(${[feature, ...FOUNDATION, ...others].join('|')})(/|$))[^.]+/`,
            message: `src/${feature} may not import this folder: see FEATURES in eslint.config.js.`,
          },
        ],
      },
    ],
  },
});

// Folders whose texts are messages of i18n.
const TRANSLATED = [
  'admin',
  'api',
  'audit',
  'components',
  'erasure',
  'i18n',
  'integrity',
  'notifications',
  'people',
  'proof',
  'session',
  'shell',
  'work',
  'workflows',
];
const TEXT_ATTRIBUTES = [
  '.*[lL]abel.*',
  '.*[tT]ext',
  'alt',
  'title',
  'header',
  'description',
  'placeholder',
  'button',
  'errorText',
];

export default tseslint.config(
  { ignores: ['dist', 'src/api/generated'] },
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [
      ...tseslint.configs.strictTypeChecked,
      reactHooks.configs.flat.recommended,
      jsxA11y.flatConfigs.recommended,
    ],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      complexity: ['error', 15],
      'max-depth': ['error', 3],
      'max-params': ['error', 4],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true, varsIgnorePattern: '^_' }],
      'jsx-a11y/no-autofocus': ['error', { ignoreNonDOM: true }],
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
    },
  },
  {
    // Every text that a user reads is a message. Tests and their helpers may have texts.
    files: TRANSLATED.map((folder) => `src/${folder}/**/*.tsx`),
    ignores: ['**/*.test.tsx'],
    plugins: { i18next },
    rules: {
      'i18next/no-literal-string': [
        'error',
        { mode: 'jsx-only', 'jsx-attributes': { include: TEXT_ATTRIBUTES } },
      ],
    },
  },
  ...Object.entries(FEATURES)
    .filter(([feature]) => feature !== 'i18n')
    .map(importBoundary),
  { files: ['**/*.{js,mjs}'], languageOptions: { globals: globals.node } },
);
