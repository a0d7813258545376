import type { Scope } from '@attune/domain';
import { describe, expect, it } from 'vitest';
import { emptyForm, formOf, scopeKey, scopeOfKey, settingsOf } from './settings-form.ts';

const scopes: Scope[] = [
  { kind: 'organisation' },
  { kind: 'client', clientId: '0190a000-0000-7000-8000-000000000001' },
  {
    kind: 'lob',
    clientId: '0190a000-0000-7000-8000-000000000001',
    lobId: '0190a000-0000-7000-8000-000000000002',
  },
];

describe('the settings as a form', () => {
  it('[C2] [O4] a scope goes through the form as it was, whatever lists are there', () => {
    for (const scope of scopes) {
      expect(scopeOfKey(scopeKey(scope))).toEqual(scope);
      const settings = { ...settingsOf(emptyForm()), scope };
      expect(settingsOf(formOf(settings)).scope).toEqual(scope);
    }
  });

  it('[C2] what was set comes back the same, and a threshold is never rounded to one', () => {
    const settings = {
      ...settingsOf({ ...emptyForm(), name: 'Week 12', threshold: '33,33' }),
      questionIds: ['a', 'b'],
      dueAt: '2099-01-15T10:00:00.000Z',
    };
    expect(settings.thresholdHundredths).toBe(3_333);
    expect(settingsOf(formOf(settings))).toEqual(settings);
    for (const threshold of ['10.005', '150', '', 'ten'])
      expect(settingsOf({ ...emptyForm(), threshold }).thresholdHundredths).toBe(-1);
  });
});
