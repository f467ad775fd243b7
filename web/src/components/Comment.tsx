import Box from '@cloudscape-design/components/box';

/** Shows the comment of an action with its line breaks. */
export function Comment({ children }: { children: string }) {
  return (
    <blockquote className="comment">
      <Box>{children}</Box>
    </blockquote>
  );
}
