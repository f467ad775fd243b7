// @vitest-environment jsdom
import { EditorView } from '@codemirror/view';
import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import type { ReactNode, Ref } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { renderConsole } from '../testing/renderConsole';
import type { DataDraft } from './dataDraft';
import { DataPanel } from './DataPanel';
import { useWorkflowForm } from './useWorkflowForm';
import { emptyForm, type FormContent } from './workflowForm';

const rendered = vi.hoisted(() => vi.fn<(label: string) => void>());

interface FieldProps {
  value: string;
  ariaLabel: string;
  onChange: (event: unknown) => void;
}

// Light fields that count how often they render. Cloudscape's take seconds for 400 rows in jsdom.
const field = vi.hoisted(() => (props: FieldProps) => {
  rendered(props.ariaLabel);
  return (
    <textarea
      aria-label={props.ariaLabel}
      value={props.value}
      onChange={({ target }) => props.onChange({ detail: { value: target.value } })}
    />
  );
});
vi.mock('@cloudscape-design/components/textarea', () => ({ default: field }));
vi.mock('@cloudscape-design/components/input', () => ({ default: field }));
vi.mock('@cloudscape-design/components/select', () => ({ default: () => null }));
vi.mock('@cloudscape-design/components/form-field', () => ({
  default: (props: { errorText: string; children: ReactNode }) => (
    <div>
      {props.children}
      {props.errorText && <p>{props.errorText}</p>}
    </div>
  ),
}));
vi.mock('@cloudscape-design/components/button', () => ({
  default: (props: { ref: Ref<HTMLButtonElement>; children: string } & Record<string, unknown>) => (
    <button
      ref={props.ref}
      disabled={props.disabled === true}
      aria-label={typeof props.ariaLabel === 'string' ? props.ariaLabel : props.children}
      onClick={props.onClick as () => void}
    />
  ),
}));

function Page({ draft, onSubmit }: { draft: DataDraft; onSubmit: (content: FormContent) => void }) {
  const form = useWorkflowForm('new', {
    values: { ...emptyForm(), ...draft, scheme: 'travel', title: 'Train' },
    etag: null,
  });
  return (
    <>
      <DataPanel form={form} serverError={undefined} />
      <button onClick={() => void form.handleSubmit(onSubmit)()}>Send</button>
    </>
  );
}

function renderEditor(draft: DataDraft) {
  const onSubmit = vi.fn<(content: FormContent) => void>();
  renderConsole(<Page draft={draft} onSubmit={onSubmit} />);
  return onSubmit;
}

const fields = (count: number): DataDraft => ({
  mode: 'form',
  fields: Array.from({ length: count }, (_, index) => ({
    name: `field${index}`,
    type: 'text',
    value: String(index),
  })),
  text: '',
});

const send = () => fireEvent.click(screen.getByText('Send'));

describe('a form with 400 fields', () => {
  it('renders only the field that the user types in, also after an error', async () => {
    const onSubmit = renderEditor(fields(400));
    await screen.findByText('Send');
    // Queries by role and label, and waitFor, are slow on a page of this size.
    const control = (label: string) => document.querySelector(`[aria-label="${label}"]`) ?? document.body;
    const change = (label: string, value: string) =>
      act(async () => {
        fireEvent.change(control(label), { target: { value } });
        // The validation is asynchronous.
        await new Promise((resolve) => setTimeout(resolve));
      });
    const submit = () =>
      act(async () => {
        send();
        await new Promise((resolve) => setTimeout(resolve));
      });
    await change('Name 3', '');
    await submit();
    expect(document.body.textContent).toContain('Enter a name.');
    rendered.mockClear();
    await change('Value 17', 'x');
    await change('Value 17', 'xy');
    expect(control('Value 17')).toHaveValue('xy');
    expect(new Set(rendered.mock.calls.flat())).toEqual(new Set(['Value 17']));
    await change('Name 3', 'field2');
    await submit();
    expect(onSubmit.mock.calls[0]?.[0].data).toMatchObject({ field16: 'xy', field399: '399' });
  });

  it('has no room for another one', async () => {
    renderEditor(fields(400));
    await screen.findByText('Send');
    expect(document.querySelector('[aria-label="Add field"]')).toBeDisabled();
  });
});

it('removing a field keeps the values of the others', async () => {
  const onSubmit = renderEditor(fields(3));
  fireEvent.change(await screen.findByLabelText('Value 3'), { target: { value: 'third' } });
  fireEvent.click(screen.getByRole('button', { name: 'Remove field1' }));
  expect(screen.getByRole('button', { name: 'Add field' })).toHaveFocus();
  send();
  await waitFor(() => expect(onSubmit).toHaveBeenCalledOnce());
  expect(onSubmit.mock.calls[0]?.[0].data).toEqual({ field0: '0', field2: 'third' });
});

describe('the JSON editor', () => {
  async function edit(text: string) {
    const onSubmit = renderEditor({ mode: 'json', fields: [], text: '{}' });
    const editor = await screen.findByRole('textbox', { name: 'Data as JSON' });
    const view = EditorView.findFromDOM(editor);
    if (!view) throw new Error('No editor.');
    act(() => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } }));
    send();
    return { onSubmit, editor };
  }

  it('says in which line a name is used twice', async () => {
    const { onSubmit, editor } = await edit('{\n  "amount": 1,\n  "amount": 2\n}');
    expect(
      await screen.findByText('Line 3: The name “amount” is used twice in the same object.'),
    ).toBeVisible();
    expect(editor).toHaveAttribute('aria-invalid', 'true');
    expect(onSubmit).not.toHaveBeenCalled();
  });

  it('gives the data that was typed', async () => {
    const { onSubmit } = await edit('{"lines": [{"price": 12.50}]}');
    await waitFor(() => expect(onSubmit).toHaveBeenCalledOnce());
    expect(onSubmit.mock.calls[0]?.[0].data).toEqual({ lines: [{ price: 12.5 }] });
  });
});
