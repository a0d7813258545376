// Finds circles in who imports whom.

/** Of each name, the names it imports. */
export type Imports = ReadonlyMap<string, Iterable<string>>;

/**
 * Every circle: all names that reach each other, sorted, the circles too. Names that are imported and import nothing need no entry.
 * Takes time in proportion to the imports (Tarjan's strongly connected components, without recursion).
 */
export function circlesOf(imports: Imports): string[][] {
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const isOpen = new Set<string>();
  const circles: string[][] = [];

  const lower = (name: string, to: number | undefined) =>
    lowest.set(name, Math.min(lowest.get(name) ?? Number.POSITIVE_INFINITY, to ?? Number.POSITIVE_INFINITY));
  const enter = (name: string) => {
    order.set(name, order.size);
    lower(name, order.get(name));
    open.push(name);
    isOpen.add(name);
    return { name, left: [...(imports.get(name) ?? [])] };
  };
  const leave = (name: string) => {
    if (lowest.get(name) !== order.get(name)) return;
    const circle = open.splice(open.indexOf(name));
    for (const one of circle) isOpen.delete(one);
    if (circle.length > 1) circles.push(circle.sort());
  };

  for (const start of imports.keys()) {
    if (order.has(start)) continue;
    const path = [enter(start)];
    for (let at = path.at(-1); at; at = path.at(-1)) {
      const next = at.left.pop();
      if (next === undefined) {
        leave(at.name);
        path.pop();
        const above = path.at(-1);
        if (above) lower(above.name, lowest.get(at.name));
      } else if (!order.has(next)) path.push(enter(next));
      else if (isOpen.has(next)) lower(at.name, order.get(next));
    }
  }
  return circles.sort((one, other) => (one.join() < other.join() ? -1 : 1));
}

/** The same imports between groups of names, such as the folders of files; what stays within a group is none. */
export function betweenGroups(imports: Imports, groupOf: (name: string) => string): Map<string, Set<string>> {
  const groups = new Map<string, Set<string>>();
  for (const [name, targets] of imports) {
    const group = groupOf(name);
    const others = groups.get(group) ?? new Set();
    for (const target of targets) if (groupOf(target) !== group) others.add(groupOf(target));
    groups.set(group, others);
  }
  return groups;
}
