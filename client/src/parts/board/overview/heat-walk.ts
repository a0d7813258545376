// Walking a table of cells with the arrow keys.

/** Both from 0. */
export interface Place {
  readonly row: number;
  readonly column: number;
}

/** The cell a key leads to, `null` for keys that lead nowhere. The edges hold. */
export function walk(
  { row, column }: Place,
  key: string,
  { rows, columns }: { readonly rows: number; readonly columns: number },
): Place | null {
  const within = (place: Place): Place => ({
    row: Math.max(0, Math.min(rows - 1, place.row)),
    column: Math.max(0, Math.min(columns - 1, place.column)),
  });
  switch (key) {
    case 'ArrowUp':
      return within({ row: row - 1, column });
    case 'ArrowDown':
      return within({ row: row + 1, column });
    case 'ArrowLeft':
      return within({ row, column: column - 1 });
    case 'ArrowRight':
      return within({ row, column: column + 1 });
    case 'Home':
      return { row, column: 0 };
    case 'End':
      return within({ row, column: columns - 1 });
    default:
      return null;
  }
}
