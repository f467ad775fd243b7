import { useSearchParams } from 'react-router';

/** Keep the text of a filter in the URL, so that a link or a reload shows the same. */
export function useUrlText(name: string): [string, (text: string) => void] {
  const [params, setParams] = useSearchParams();
  const setText = (text: string) =>
    setParams(
      (current) => {
        const next = new URLSearchParams(current);
        if (text) next.set(name, text);
        else next.delete(name);
        return next;
      },
      { replace: true },
    );
  return [params.get(name) ?? '', setText];
}
