import type { ReactNode } from 'react';
import type { Words } from '@/api/types';

/** A column of a board: those of its rows that were read, and how many there are. */
export interface Column<Row> extends Words {
  key: string;
  count: number;
  capped: boolean;
  items: Row[];
  next: string | null;
  retired?: boolean;
  color?: string | null;
}
/** What a board needs to know of its rows. */
export interface BoardProps<Row extends { id: number }, C extends Column<Row>> {
  columns: C[];
  busy: string | null;
  movable: (row: Row) => boolean;
  /** Whether the row may go there; anywhere unless told. */
  fits?: (row: Row, column: C) => boolean;
  open: (row: Row) => void;
  more: (column: C) => void;
  move: (row: Row, to: C) => void;
  name: (row: Row) => string;
  card: (row: Row) => ReactNode;
  /** How many, in the words of the rows. */
  counted: (count: string) => string;
  /** Over the cards: how many, over the limit, the limit, the sum. */
  said: (column: C) => { count: string; limit: string; sum: string; late: string };
}
