import { blankScorecard, changeSection, type Scorecard, sameScorecard } from '@attune/domain';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

vi.stubGlobal('location', { origin: 'http://localhost', hash: '' });
vi.stubGlobal('navigator', { onLine: true });
const { ScorecardEditor } = await import('./scorecard-editor.svelte.ts');

const content = blankScorecard('Calls', 's', 'q');
const detail = (revision: number, now: Scorecard = content, by = 'Ben') => ({
  id: 'card',
  name: now.name,
  description: '',
  status: 'draft' as const,
  scope: { kind: 'organisation' as const },
  versionId: 'v1',
  version: 1,
  questions: 1,
  sections: 1,
  publishedAt: null,
  content: now,
  revision,
  lastChange: { by, at: '2026-03-01T10:00:00.000Z' },
  publishedVersion: null,
  mayChange: true,
});

/** What the server has, and how it answers next. */
let there: { revision: number; content: Scorecard };
let mood: 'well' | 'unreachable' | 'loses the answer' | 'no draft';
let asked: { method: string; key: string | null }[];
let device: Record<string, string> = {};
/** A browser's storage has what it keeps as its own properties. */
const storage = {
  getItem(this: Record<string, string>, name: string) {
    return this[name] ?? null;
  },
  setItem(this: Record<string, string>, name: string, value: string) {
    this[name] = value;
  },
  removeItem(this: Record<string, string>, name: string) {
    delete this[name];
  },
};
const kept = () => Object.keys(device).length;

const problem = (slug: string, status: number) =>
  new Response(JSON.stringify({ type: `/problems/${slug}`, title: slug, status }), {
    status,
    headers: { 'content-type': 'application/problem+json' },
  });

beforeEach(() => {
  vi.useFakeTimers();
  there = { revision: 1, content };
  mood = 'well';
  asked = [];
  device = Object.create(storage) as Record<string, string>;
  vi.stubGlobal('localStorage', device);
  vi.stubGlobal('fetch', async (_url: string, { method = 'GET', body, headers }: RequestInit) => {
    asked.push({ method, key: new Headers(headers).get('idempotency-key') });
    if (mood === 'unreachable') throw new TypeError('no network');
    if (method === 'GET') return Response.json(detail(there.revision, there.content));
    if (mood === 'no draft') return problem('no-draft', 409);
    const sent = JSON.parse(String(body)) as { revision: number; content: Scorecard };
    if (sent.revision !== there.revision) return problem('draft-changed', 409);
    there = { revision: there.revision + 1, content: sent.content };
    if (mood === 'loses the answer') throw new TypeError('lost');
    return Response.json({ id: 'card', versionId: 'v1', revision: there.revision });
  });
});
afterEach(() => {
  vi.useRealTimers();
});

const named = (name: string): Scorecard => ({ ...content, name });
const name = (editor: InstanceType<typeof ScorecardEditor>, text: string) =>
  editor.edit((card) => ({ ...card, name: text }), { field: 'name' });
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

describe('a draft being edited', () => {
  it('[E11] saves by itself once one pauses, and says Saved only of what the server has', async () => {
    const editor = new ScorecardEditor(detail(1), 'me');
    expect(editor.saveState).toBe('idle');
    name(editor, 'C');
    name(editor, 'Ca');
    expect(editor.saveState).toBe('saving');
    await pass(2_000);
    expect([editor.saveState, there.content.name, asked.length, kept()]).toEqual(['saved', 'Ca', 1, 0]);
  });

  it('[E11] what is typed while a save is on its way is saved, too, before it is called saved', async () => {
    const editor = new ScorecardEditor(detail(1), 'me');
    name(editor, 'One');
    const saving = editor.save();
    name(editor, 'Two');
    expect(await saving).toBe(true);
    expect([there.content.name, there.revision, editor.saveState]).toEqual(['Two', 3, 'saved']);
  });

  it('[E11] undoing everything is a change like any other: the server has it at the end', async () => {
    const editor = new ScorecardEditor(detail(1), 'me');
    name(editor, 'One');
    await pass(3_000);
    editor.undo();
    expect(editor.content.name).toBe('Calls');
    await pass(3_000);
    expect(there.content.name).toBe('Calls');
    editor.redo();
    await pass(3_000);
    expect([there.content.name, editor.saveState]).toEqual(['One', 'saved']);
  });

  it('[E11] without the server it is kept here, tried again, and there for the next page', async () => {
    mood = 'unreachable';
    const editor = new ScorecardEditor(detail(1), 'me');
    name(editor, 'Offline');
    await pass(3_000);
    expect(editor.saveState).toBe('kept');
    editor.close();
    mood = 'well';
    const next = new ScorecardEditor(detail(1), 'me');
    expect([next.content.name, next.canUndo]).toEqual(['Offline', true]);
    await pass(3_000);
    expect([there.content.name, kept()]).toEqual(['Offline', 0]);
    expect(new ScorecardEditor(detail(1), 'somebody else').content.name).toBe('Calls');
  });

  it('[E11] what is typed is on this device within a moment, at once where there is no network or the page goes', async () => {
    const editor = new ScorecardEditor(detail(1), 'me');
    name(editor, 'A');
    expect(kept()).toBe(0);
    editor.keepNow();
    expect(kept()).toBe(1);
    await pass(3_000);
    expect(kept()).toBe(0);
    name(editor, 'AB');
    name(editor, 'ABC');
    await pass(200);
    expect(Object.values(device).join()).toContain('ABC');
    vi.stubGlobal('navigator', { onLine: false });
    name(editor, 'ABCD');
    expect([editor.saveState, Object.values(device).join()]).toEqual([
      'kept',
      expect.stringContaining('ABCD'),
    ]);
    vi.stubGlobal('navigator', { onLine: true });
  });

  it('[E11] a save whose answer was lost is not somebody else’s change', async () => {
    mood = 'loses the answer';
    const editor = new ScorecardEditor(detail(1), 'me');
    name(editor, 'Mine');
    await pass(1_500);
    mood = 'well';
    name(editor, 'Mine, and more');
    await pass(5_000);
    expect([editor.collision, there.content.name, editor.saveState]).toEqual([
      null,
      'Mine, and more',
      'saved',
    ]);
  });

  it('[E11 X3] undone while nobody knows whether the server has it, it is not called saved until the server has that', async () => {
    mood = 'loses the answer';
    const editor = new ScorecardEditor(detail(1), 'me');
    name(editor, 'Mine');
    await pass(1_500);
    expect(there.content.name).toBe('Mine');
    mood = 'unreachable';
    editor.undo();
    expect([editor.content.name, editor.saveState]).not.toContain('saved');
    await pass(200);
    expect([editor.saveState, kept()]).toEqual(['saving', 1]);
    mood = 'well';
    await pass(30_000);
    expect([there.content.name, editor.saveState, kept()]).toEqual(['Calls', 'saved', 0]);
  });

  it('[E11] what was typed after a save whose answer was lost is saved without another key', async () => {
    mood = 'loses the answer';
    const editor = new ScorecardEditor(detail(1), 'me');
    name(editor, 'Mine');
    await pass(1_500);
    name(editor, 'Mine, and more');
    mood = 'well';
    expect(await Promise.all([editor.save(), pass(5_000)])).toEqual([true, expect.anything()]);
    expect([there.content.name, editor.saveState]).toEqual(['Mine, and more', 'saved']);
  });

  it('[E11] somebody else’s change is never overwritten: one keeps both, or takes theirs, and may undo that', async () => {
    const editor = new ScorecardEditor(detail(1), 'me');
    there = { revision: 2, content: { ...named('Theirs'), description: 'Theirs' } };
    name(editor, 'Mine');
    await pass(3_000);
    expect(there.content.name).toBe('Theirs');
    expect([editor.saveState, editor.collision?.theirs.by]).toEqual(['refused-kept', 'Ben']);
    expect(editor.collision?.collisions).toEqual([{ of: 'card', field: 'name' }]);
    name(editor, 'Mine still');
    editor.keepBoth();
    await pass(3_000);
    expect(there.content).toMatchObject({ name: 'Mine still', description: 'Theirs' });

    there = { revision: there.revision + 1, content: named('Again') };
    name(editor, 'Late');
    await pass(3_000);
    editor.takeTheirs();
    await pass(3_000);
    expect([editor.content.name, editor.saveState]).toEqual(['Again', 'saved']);
    editor.undo();
    expect(editor.content.name).toBe('Late');
    await pass(3_000);
    expect(there.content.name).toBe('Late');
  });

  it('[E11] of two tabs of one person each keeps its own copy, and neither drops the other’s', async () => {
    const open = () => new ScorecardEditor(detail(there.revision, there.content), 'me');
    const [one, other] = [open(), open()];
    name(one, 'From one');
    expect(await one.save()).toBe(true);
    name(other, 'From the other');
    expect(await other.save()).toBe(false);
    expect([other.saveState, kept()]).toEqual(['refused-kept', 1]);
    name(one, 'From one again');
    expect(await one.save()).toBe(true);
    expect(kept()).toBe(1);
    expect(open().content.name).toBe('From the other');
  });

  it('[E11] undoing after both were kept takes back one’s own words, step by step, and none of theirs', async () => {
    const editor = new ScorecardEditor(detail(1), 'me');
    const title = (text: string) =>
      editor.edit((card) => changeSection(card, 's', { title: text }), { field: 'title' });
    title('Mine');
    await pass(3_000);
    there = { revision: there.revision + 1, content: { ...there.content, description: 'Theirs' } };
    name(editor, 'Mine');
    await pass(3_000);
    editor.keepBoth();
    await pass(3_000);
    const now = () => [there.content.name, there.content.sections[0]?.title, there.content.description];
    expect(now()).toEqual(['Mine', 'Mine', 'Theirs']);
    editor.undo();
    await pass(3_000);
    expect(now()).toEqual(['Calls', 'Mine', 'Theirs']);
    editor.undo();
    await pass(3_000);
    expect([...now(), editor.canUndo]).toEqual(['Calls', '', 'Theirs', false]);
    editor.redo();
    editor.redo();
    await pass(3_000);
    expect([...now(), editor.saveState]).toEqual(['Mine', 'Mine', 'Theirs', 'saved']);
  });

  it('[E11] what was left unsaved here, and changed elsewhere since, is told before anything is saved', async () => {
    mood = 'unreachable';
    const editor = new ScorecardEditor(detail(1), 'me');
    name(editor, 'Left');
    await pass(3_000);
    editor.close();
    mood = 'well';
    there = { revision: 2, content: named('Theirs') };
    const next = new ScorecardEditor(detail(2, there.content), 'me');
    expect(next.collision?.theirs.content.name).toBe('Theirs');
    await pass(5_000);
    expect(there.content.name).toBe('Theirs');
    next.keepBoth();
    await pass(3_000);
    expect(there.content.name).toBe('Left');
  });

  it('[E11] looked at again, it shows what somebody else saved, unless something of one’s own waits', async () => {
    const editor = new ScorecardEditor(detail(1), 'me');
    there = { revision: 2, content: named('Theirs') };
    expect(await editor.refresh()).toBe('Ben');
    expect([editor.content.name, editor.canUndo]).toEqual(['Theirs', false]);
    name(editor, 'Mine');
    there = { revision: 3, content: named('Theirs again') };
    expect(await editor.refresh()).toBeNull();
    expect(editor.content.name).toBe('Mine');
  });

  it('[E11] published elsewhere, it is not called saved, and what was typed stays on this device', async () => {
    const editor = new ScorecardEditor(detail(1), 'me');
    mood = 'no draft';
    name(editor, 'Too late');
    await pass(3_000);
    expect([editor.problem?.slug, editor.saveState, kept()]).toEqual(['no-draft', 'refused-kept', 1]);
    expect(await editor.save()).toBe(false);
    expect(sameScorecard(there.content, content)).toBe(true);
  });
});
