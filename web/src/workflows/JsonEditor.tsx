import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import { bracketMatching, HighlightStyle, indentOnInput, syntaxHighlighting } from '@codemirror/language';
import { linter, lintGutter, lintKeymap } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import { EditorView, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { useEffect, useEffectEvent, useImperativeHandle, useRef, type Ref } from 'react';
import { findJsonProblems } from './jsonText';
import './workflows.css';

interface Props {
  ref: Ref<{ focus: () => void }>;
  label: string;
  value: string;
  isInvalid: boolean;
  onChange: (text: string) => void;
  onBlur: () => void;
}

// Classes instead of colors, so that workflows.css has them for light and dark mode.
const highlighting = HighlightStyle.define([
  { tag: tags.propertyName, class: 'json-name' },
  { tag: tags.string, class: 'json-string' },
  { tag: [tags.number, tags.bool, tags.null], class: 'json-literal' },
]);

const problems = linter(
  (view) =>
    findJsonProblems(view.state.doc.toString()).map(({ from, to, message }) => ({
      from,
      // At the end of the text there is no character to underline.
      to: Math.min(Math.max(to, from), view.state.doc.length),
      severity: 'error' as const,
      message,
    })),
  { delay: 300 },
);

/** An editor for JSON with line numbers, which marks what is wrong. Tab moves the focus, as in other fields. */
export default function JsonEditor({ ref, label, value, isInvalid, onChange, onBlur }: Props) {
  const parent = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const handleChange = useEffectEvent(onChange);
  const handleBlur = useEffectEvent(onBlur);
  const initialText = useEffectEvent(() => value);

  useEffect(() => {
    if (!parent.current) return;
    const editor = new EditorView({
      parent: parent.current,
      state: EditorState.create({
        doc: initialText(),
        extensions: [
          lineNumbers(),
          history(),
          json(),
          indentOnInput(),
          bracketMatching(),
          syntaxHighlighting(highlighting),
          problems,
          lintGutter(),
          keymap.of([...defaultKeymap, ...historyKeymap, ...lintKeymap]),
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false' }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) handleChange(update.state.doc.toString());
          }),
          EditorView.domEventHandlers({ blur: () => handleBlur() }),
        ],
      }),
    });
    view.current = editor;
    return () => editor.destroy();
  }, [label]);

  // "Start over" changes the value from outside.
  useEffect(() => {
    const editor = view.current;
    if (!editor || editor.state.doc.toString() === value) return;
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value } });
  }, [value]);

  useEffect(() => {
    view.current?.contentDOM.setAttribute('aria-invalid', String(isInvalid));
  }, [isInvalid]);

  useImperativeHandle(ref, () => ({ focus: () => view.current?.focus() }), []);
  return <div ref={parent} className="json-editor" />;
}
