/** Return how many items of a list are loaded, as "(25+)" if there are more. Undefined for an empty list. */
export function formatCount(list: {
  data: { items: unknown[] } | undefined;
  hasMore: boolean;
}): string | undefined {
  const count = list.data?.items.length ?? 0;
  return count > 0 ? `(${count}${list.hasMore ? '+' : ''})` : undefined;
}
