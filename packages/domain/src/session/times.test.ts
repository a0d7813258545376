import { expect, it } from 'vitest';
import { settings } from './session.fixture.ts';
import { saysNothingOfInteraction, timesInPast } from './times.ts';

const now = '2026-03-02T10:00:00.000Z';
const past = '2026-03-02T09:59:59.999Z';
const future = '2026-03-02T10:00:00.001Z';

it('[C2a] a time that is set must not have passed, unless it stood before', () => {
  const none = { dueAt: null, meetingAt: null };
  expect(timesInPast(none, null, now)).toEqual([]);
  expect(timesInPast({ dueAt: future, meetingAt: now }, null, now)).toEqual([]);
  expect(timesInPast({ dueAt: past, meetingAt: past }, null, now)).toEqual(['dueAt', 'meetingAt']);
  expect(timesInPast({ dueAt: past, meetingAt: future }, none, now)).toEqual(['dueAt']);
  // The same instant, written in another way.
  const kept = { dueAt: '2026-03-02T09:59:59.999+00:00', meetingAt: null };
  expect(timesInPast({ dueAt: past, meetingAt: past }, kept, now)).toEqual(['meetingAt']);
});

it('[C2a] any of reference, recording and transcript tells what to score', () => {
  const blank = { ...settings, interactionReference: null, recordingUrl: null, transcript: [] };
  expect(saysNothingOfInteraction(blank)).toBe(true);
  expect(saysNothingOfInteraction({ ...blank, interactionReference: 'C-1' })).toBe(false);
  expect(saysNothingOfInteraction({ ...blank, recordingUrl: 'https://example.org' })).toBe(false);
  expect(saysNothingOfInteraction({ ...blank, transcript: settings.transcript })).toBe(false);
});
