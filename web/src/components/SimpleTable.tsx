import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import type { ReactNode } from 'react';

export interface Column<Item> {
  id: string;
  header: string;
  cell: (item: Item) => ReactNode;
  /** Pixels. */
  minWidth?: number;
}

interface Props<Item> {
  title: string;
  description?: string;
  /** How many items there are, for example "(3)". */
  counter?: string;
  actions?: ReactNode;
  items: readonly Item[];
  /** The first one names the row. */
  columns: readonly Column<Item>[];
  trackBy?: TableProps<Item>['trackBy'];
  /** Takes the place of the table if there are no items. */
  empty?: ReactNode;
}

/** A table of a few items with a heading, without selection, sorting, or preferences. */
export function SimpleTable<Item>(props: Props<Item>) {
  const { title, description, counter, actions, items, columns, trackBy, empty } = props;
  const header = (
    <Header variant="h2" counter={counter} description={description} actions={actions}>
      {title}
    </Header>
  );
  if (items.length === 0 && empty !== undefined) return <Container header={header}>{empty}</Container>;
  return (
    <Table
      items={items}
      trackBy={trackBy}
      wrapLines
      ariaLabels={{ tableLabel: title }}
      header={header}
      columnDefinitions={columns.map((column, index) => ({ ...column, isRowHeader: index === 0 }))}
    />
  );
}
