// The organisation's settings in words.
import { list, percentAsSet } from '../lib/format.ts';
import { offsetText } from '../lib/time-zones.ts';
import { m } from '../paraglide/messages.js';
import type { SettingName, Settings } from '../state/page/organisation.svelte.ts';

/** `name and time zone` */
export const namesOf = (names: readonly SettingName[]): string =>
  list(names.map((name) => m.organisation_settingNames({ name })));

/** One setting as it is: `Europe/Berlin (UTC+1)`, `10 %`. */
export function settingText(name: SettingName, settings: Settings): string {
  switch (name) {
    case 'name':
      return settings.name;
    case 'timeZone': {
      const [zone, offset] = [settings.timeZone.replaceAll('_', ' '), offsetText(settings.timeZone)];
      return offset === '' || offset.startsWith(zone) ? zone : m.organisation_zone({ zone, offset });
    }
    case 'thresholdHundredths':
      return percentAsSet(settings.thresholdHundredths);
    case 'guestsAllowed':
      return settings.guestsAllowed ? m.organisation_guestsMay() : m.organisation_guestsMayNot();
  }
}
