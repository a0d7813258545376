// Time zones to choose from, as people look for them: the place first. Which there are the browser knows.

export interface TimeZone {
  /** As IANA names it. */
  readonly id: string;
  /** `Buenos Aires, Argentina, America`. */
  readonly name: string;
}

/** Browsers still list these by the names they had; people look for the ones they have. */
const renamed: Readonly<Record<string, string>> = {
  'America/Godthab': 'America/Nuuk',
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Atlantic/Faeroe': 'Atlantic/Faroe',
  'Europe/Kiev': 'Europe/Kyiv',
};

const zoneOf = (id: string): TimeZone => ({
  id,
  name: id.split('/').reverse().join(', ').replaceAll('_', ' '),
});

/** Those that the browser knows, by name. @param present is among them, whatever the browser calls it */
export function timeZones(present: string): TimeZone[] {
  const known = Intl.supportedValuesOf('timeZone').map((id) => renamed[id] ?? id);
  const ids = new Set(['UTC', present, ...known]);
  return [...ids].map(zoneOf).sort((one, other) => one.name.localeCompare(other.name));
}

/** `UTC+2`, by the clocks of the moment; the empty text where the browser does not know the zone. */
export function offsetText(timeZone: string, now: Date = new Date()): string {
  try {
    const format = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'shortOffset' });
    const name = format.formatToParts(now).find(({ type }) => type === 'timeZoneName')?.value ?? '';
    return name.replace('GMT', 'UTC').replace('-', '\u2212');
  } catch {
    return '';
  }
}
