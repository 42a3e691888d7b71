/** The few things one does to a table while writing: walk through it, lengthen, widen, shorten. */

export type TableAct = 'row_add' | 'row_drop' | 'column_add' | 'column_drop';

export function cellAt(node: Node | null, root: HTMLElement): HTMLTableCellElement | null {
  const element = node instanceof Element ? node : node?.parentElement;
  const cell = element?.closest('td, th');
  return cell && root.contains(cell) ? (cell as HTMLTableCellElement) : null;
}

const rowsOf = (cell: HTMLTableCellElement): HTMLTableRowElement[] => {
  const table = cell.closest('table');
  return table ? [...table.rows] : [];
};

function emptyCell(): HTMLTableCellElement {
  const cell = document.createElement('td');
  cell.append(document.createElement('br'));
  return cell;
}

function addRow(cell: HTMLTableCellElement): HTMLTableCellElement | null {
  const row = cell.closest('tr');
  if (!row) return null;
  const made = document.createElement('tr');
  made.append(...[...row.cells].map(emptyCell));
  row.after(made);
  return made.cells[Math.min(cell.cellIndex, made.cells.length - 1)] ?? null;
}

/** The cell that Tab leads to; behind the last one a new row. Null before the first. */
export function neighbour(cell: HTMLTableCellElement, back: boolean): HTMLTableCellElement | null {
  const cells = rowsOf(cell).flatMap((row) => [...row.cells]);
  const next = cells[cells.indexOf(cell) + (back ? -1 : 1)];
  if (next || back) return next ?? null;
  const row = addRow(cell);
  return (row?.closest('tr')?.cells[0] as HTMLTableCellElement | undefined) ?? null;
}

/** The cell that Enter leads to: the one below, behind the last row a new one. */
export function under(cell: HTMLTableCellElement): HTMLTableCellElement | null {
  const rows = rowsOf(cell);
  const below = rows[rows.indexOf(cell.closest('tr') as HTMLTableRowElement) + 1];
  return below ? (below.cells[Math.min(cell.cellIndex, below.cells.length - 1)] ?? null) : addRow(cell);
}

/**
 * Change the table round a cell.
 * @returns the cell to go on in, or null when the table is gone
 */
export function changeTable(cell: HTMLTableCellElement, act: TableAct): HTMLTableCellElement | null {
  const rows = rowsOf(cell);
  const at = cell.cellIndex;
  const row = cell.closest('tr');
  if (act === 'row_add') return addRow(cell);
  if (act === 'column_add') {
    for (const one of rows) {
      const made = emptyCell();
      const left = one.cells[Math.min(at, one.cells.length - 1)];
      if (left) left.after(made);
      else one.append(made);
    }
    return row?.cells[at + 1] ?? null;
  }
  const table = cell.closest('table');
  const last = act === 'row_drop' ? rows.length === 1 : rows.every((one) => one.cells.length === 1);
  if (last) {
    table?.remove();
    return null;
  }
  if (act === 'row_drop') {
    const next = rows[rows.indexOf(row as HTMLTableRowElement) + 1] ?? rows.at(-2);
    row?.remove();
    return next?.cells[Math.min(at, next.cells.length - 1)] ?? null;
  }
  for (const one of rows) one.cells[at]?.remove();
  return row?.cells[Math.min(at, row.cells.length - 1)] ?? null;
}
