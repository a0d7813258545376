// The settings of a calibration as a form holds them, all texts, and as the server takes them. Nothing typed is lost where the
// server refuses: the form stays what it was.
import type { SessionSettingsBody } from '@attune/contract';
import type { Scope } from '@attune/domain';
import { readNumber } from './number-entry.ts';
import { parseTranscript, writeTranscript } from './transcript.ts';

/** A scope as the value of a choice: empty for organisation-wide, else the client, and its line of business behind it. */
export const scopeKey = (scope: Scope): string =>
  scope.kind === 'organisation'
    ? ''
    : scope.kind === 'client'
      ? scope.clientId
      : `${scope.clientId} ${scope.lobId}`;

export function scopeOfKey(key: string): Scope {
  const [clientId = '', lobId] = key.split(' ');
  if (clientId === '') return { kind: 'organisation' };
  return lobId === undefined ? { kind: 'client', clientId } : { kind: 'lob', clientId, lobId };
}

export interface SettingsForm {
  name: string;
  scorecardVersionId: string;
  /** Percent, as typed. */
  threshold: string;
  /** As `scopeKey` writes it: it says all of the scope, so that no list of clients is needed to send it. */
  scope: string;
  interactionReference: string;
  interactionDate: string;
  recordingUrl: string;
  transcript: string;
  /** Local time, as the control gives it; empty for none. */
  meetingAt: string;
  dueAt: string;
  /** `null`: all of them. */
  questionIds: string[] | null;
  agentName: string;
  agentNameHidden: boolean;
}

/** @param thresholdHundredths what the organisation's calibrations usually begin with */
export const emptyForm = (thresholdHundredths = 1_000): SettingsForm => ({
  name: '',
  scorecardVersionId: '',
  threshold: String(thresholdHundredths / 100),
  scope: '',
  interactionReference: '',
  interactionDate: '',
  recordingUrl: '',
  transcript: '',
  meetingAt: '',
  dueAt: '',
  questionIds: null,
  agentName: '',
  agentNameHidden: false,
});

const localTime = (iso: string | null): string => {
  if (iso === null) return '';
  const at = new Date(iso);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
};

const instant = (local: string): string | null => (local === '' ? null : new Date(local).toISOString());

export function formOf(settings: SessionSettingsBody): SettingsForm {
  return {
    name: settings.name,
    scorecardVersionId: settings.scorecardVersionId,
    threshold: String(settings.thresholdHundredths / 100),
    scope: scopeKey(settings.scope),
    interactionReference: settings.interactionReference ?? '',
    interactionDate: settings.interactionDate ?? '',
    recordingUrl: settings.recordingUrl ?? '',
    transcript: writeTranscript(settings.transcript),
    meetingAt: localTime(settings.meetingAt),
    dueAt: localTime(settings.dueAt),
    questionIds: settings.questionIds,
    agentName: settings.agentName ?? '',
    agentNameHidden: settings.agentNameHidden,
  };
}

/** The threshold's range, in hundredths of a percent. */
export const thresholdRange = { least: 0, most: 10_000 };

const orNull = (text: string) => text.trim() || null;

/** What is sent. An illegal threshold goes out as a value the server refuses; it is never rounded to a legal one. */
export function settingsOf(form: SettingsForm): SessionSettingsBody {
  const threshold = readNumber(form.threshold, thresholdRange);
  return {
    name: form.name,
    scorecardVersionId: form.scorecardVersionId,
    thresholdHundredths: threshold.kind === 'value' ? threshold.hundredths : -1,
    scope: scopeOfKey(form.scope),
    interactionReference: orNull(form.interactionReference),
    interactionDate: orNull(form.interactionDate),
    recordingUrl: orNull(form.recordingUrl),
    transcript: parseTranscript(form.transcript),
    meetingAt: instant(form.meetingAt),
    dueAt: instant(form.dueAt),
    questionIds: form.questionIds,
    agentName: orNull(form.agentName),
    agentNameHidden: form.agentNameHidden,
  };
}

/**
 * What is sent of a draft: what was changed as it was typed, everything else as it stands. A field may say less than what stands: it
 * knows no seconds of a time, and takes a transcript's lines apart anew.
 *
 * @param untouched the form before anything was typed
 * @param present the settings as they stand now
 */
export function changedSettings(
  form: SettingsForm,
  untouched: SettingsForm,
  present: SessionSettingsBody,
): SessionSettingsBody {
  const typed = settingsOf(form);
  const changed = changedFields(form, untouched);
  const either = <Name extends keyof SessionSettingsBody>(field: keyof SettingsForm, name: Name) =>
    (field in changed ? typed : present)[name];
  return {
    name: either('name', 'name'),
    scorecardVersionId: either('scorecardVersionId', 'scorecardVersionId'),
    thresholdHundredths: either('threshold', 'thresholdHundredths'),
    scope: either('scope', 'scope'),
    interactionReference: either('interactionReference', 'interactionReference'),
    interactionDate: either('interactionDate', 'interactionDate'),
    recordingUrl: either('recordingUrl', 'recordingUrl'),
    transcript: either('transcript', 'transcript'),
    meetingAt: either('meetingAt', 'meetingAt'),
    dueAt: either('dueAt', 'dueAt'),
    questionIds: either('questionIds', 'questionIds'),
    agentName: either('agentName', 'agentName'),
    agentNameHidden: either('agentNameHidden', 'agentNameHidden'),
  };
}

/** The fields in which the form is not what it was. */
export const changedFields = (form: SettingsForm, untouched: SettingsForm): Partial<SettingsForm> => {
  const before = new Map<string, unknown>(Object.entries(untouched));
  return Object.fromEntries(
    Object.entries(form).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(before.get(name)),
    ),
  );
};
