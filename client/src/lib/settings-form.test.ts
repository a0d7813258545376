import type { Scope } from '@attune/domain';
import { describe, expect, it } from 'vitest';
import {
  changedSettings,
  emptyForm,
  formOf,
  type SettingsForm,
  scopeKey,
  scopeOfKey,
  settingsOf,
} from './settings-form.ts';

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

  /** What no form writes: seconds, a zero in the text of a link, lines that look like others. */
  const byApi = {
    ...settingsOf({ ...emptyForm(), name: 'Week 12' }),
    thresholdHundredths: 1_250,
    scope: scopes[2] ?? { kind: 'organisation' },
    interactionReference: ' C 1 ',
    interactionDate: '2026-03-01',
    recordingUrl: 'https://example.org/a b',
    transcript: [
      { speaker: null, second: null, text: 'Note: call back' },
      { speaker: 'Agent ', second: 5, text: '12:30 is fine\nor later' },
    ],
    meetingAt: '2099-01-15T10:00:31.250Z',
    dueAt: '2099-01-14T10:00:31.250Z',
    questionIds: ['a', 'b'],
    agentName: 'Noor ',
    agentNameHidden: true,
  };
  const changes: SettingsForm = {
    name: 'Week 13',
    scorecardVersionId: 'other',
    threshold: '20',
    scope: '',
    interactionReference: 'C 2',
    interactionDate: '2026-03-02',
    recordingUrl: 'https://example.org/c',
    transcript: 'Agent: Hi',
    meetingAt: '2099-02-15T10:00',
    dueAt: '2099-02-14T10:00',
    questionIds: null,
    agentName: '',
    agentNameHidden: false,
  };

  it('[C4] saving changes the field that was changed and no other, whatever the field', () => {
    const untouched = formOf(byApi);
    expect(changedSettings({ ...untouched }, untouched, byApi)).toEqual(byApi);
    for (const [name, value] of Object.entries(changes)) {
      const form = { ...untouched, [name]: value };
      const setting = name === 'threshold' ? 'thresholdHundredths' : name;
      const typed = Object.entries(settingsOf(form)).filter(([key]) => key === setting);
      expect(typed).toHaveLength(1);
      expect(changedSettings(form, untouched, byApi)).toEqual({ ...byApi, ...Object.fromEntries(typed) });
    }
  });

  it('[C4] what somebody else changed meanwhile stays as they set it', () => {
    const untouched = formOf(byApi);
    const present = { ...byApi, dueAt: '2099-03-01T10:00:00.000Z' };
    expect(changedSettings({ ...untouched, name: 'Week 13' }, untouched, present)).toEqual({
      ...present,
      name: 'Week 13',
    });
  });
});
