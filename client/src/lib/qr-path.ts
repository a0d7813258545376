// A QR code as one SVG path: each run of dark modules in a row is a rectangle. Standard size: one unit a module.

/** Modules of white around a code: fewer, and cameras miss it. */
export const quietZone = 4;

/** @param rows `true` for dark @returns path data in units of modules, its origin at the first module */
export function qrPath(rows: readonly (readonly boolean[])[]): string {
  return rows
    .flatMap((row, y) =>
      row.flatMap((isDark, x) => {
        if (!isDark || row[x - 1]) return [];
        const end = row.indexOf(false, x);
        const width = (end === -1 ? row.length : end) - x;
        return [`M${x} ${y}h${width}v1h-${width}z`];
      }),
    )
    .join('');
}
