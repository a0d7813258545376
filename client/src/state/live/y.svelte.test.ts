import { flushSync } from 'svelte';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { ArrayReader, MapReader, TextReader } from './y.svelte.ts';

/** Collects what a reader sees, first and after each change that wakes it. */
function watch<T>(read: () => T): { seen: T[]; stop: () => void } {
  const seen: T[] = [];
  const stop = $effect.root(() => {
    $effect(() => {
      seen.push(read());
    });
  });
  flushSync();
  return { seen, stop };
}

describe('reading a document', () => {
  it('[C5] a changed answer wakes the readers of its question and nobody else', () => {
    const doc = new Y.Doc();
    const map = doc.getMap<number>('answers');
    const reader = new MapReader(map);
    const one = watch(() => reader.get('one'));
    const two = watch(() => reader.get('two'));
    map.set('one', 1);
    flushSync();
    expect(one.seen).toEqual([undefined, 1]);
    expect(two.seen).toEqual([undefined]);
    one.stop();
    two.stop();
  });

  it('[C5] shows what another device of the same person wrote', () => {
    const [here, there] = [new Y.Doc(), new Y.Doc()];
    const text = watch(() => new TextReader(here.getText('comment:a')).value);
    there.getText('comment:a').insert(0, 'late answer');
    Y.applyUpdate(here, Y.encodeStateAsUpdate(there));
    flushSync();
    expect(text.seen.at(-1)).toBe('late answer');
    text.stop();
  });

  it('[C5] keeps both people’s words when one text is typed on two devices', () => {
    const [here, there] = [new Y.Doc(), new Y.Doc()];
    new TextReader(here.getText('t')).write('polite and clear');
    Y.applyUpdate(there, Y.encodeStateAsUpdate(here));
    new TextReader(here.getText('t')).write('very polite and clear');
    new TextReader(there.getText('t')).write('polite and clear throughout');
    Y.applyUpdate(here, Y.encodeStateAsUpdate(there));
    expect(here.getText('t').toString()).toBe('very polite and clear throughout');
  });

  it('[C5] writes nothing when nothing was typed', () => {
    const doc = new Y.Doc();
    doc.getText('t').insert(0, 'aa');
    let updates = 0;
    doc.on('update', () => updates++);
    new TextReader(doc.getText('t')).write('aa');
    expect(updates).toBe(0);
    new TextReader(doc.getText('t')).write('aaa');
    expect([updates, doc.getText('t').toString()]).toEqual([1, 'aaa']);
  });

  it('[C5] never cuts an emoji in two', () => {
    for (const [now, next] of [
      ['calm 😀 ok', 'calm 😁 ok'],
      ['😀', '😁😀'],
      ['a😀', 'a🐀'],
      ['😀😀', '😀'],
    ] as const) {
      const doc = new Y.Doc();
      const text = new TextReader(doc.getText('t'));
      text.write(now);
      text.write(next);
      const there = new Y.Doc();
      Y.applyUpdate(there, Y.encodeStateAsUpdate(doc));
      expect([doc.getText('t').toString(), there.getText('t').toString()]).toEqual([next, next]);
    }
  });

  it('[C5] stops listening when the last reader has gone', () => {
    const doc = new Y.Doc();
    const array = doc.getArray<number>('evidence:a');
    let observers = 0;
    const { observe, unobserve } = array;
    array.observe = (handler) => {
      observers++;
      observe.call(array, handler);
    };
    array.unobserve = (handler) => {
      observers--;
      unobserve.call(array, handler);
    };
    const reader = watch(() => new ArrayReader(array).items.length);
    expect(observers).toBe(1);
    reader.stop();
    return Promise.resolve().then(() => expect(observers).toBe(0));
  });
});
