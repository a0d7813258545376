import { noteKey } from '@attune/contract';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { OwnNotes } from './own-notes.svelte.ts';

function write(doc: Y.Doc, text: string): void {
  const paragraph = new Y.XmlElement('paragraph');
  paragraph.insert(0, [new Y.XmlText(text)]);
  doc.getXmlFragment(noteKey('q1')).push([paragraph]);
}

/** A session whose room can be left for a fresh one. */
class Session {
  readonly live = undefined;
  room = { doc: new Y.Doc(), isSynced: false, keepCopy: async () => {} };

  startAfresh(): Y.Doc {
    const { doc } = this.room;
    this.room = { doc: new Y.Doc(), isSynced: false, keepCopy: async () => {} };
    return doc;
  }
}

const kept = new Map<string, string>();

beforeEach(() => {
  kept.clear();
  vi.stubGlobal('sessionStorage', {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => kept.set(name, value),
    removeItem: (name: string) => kept.delete(name),
  });
});

describe('what was written in notes and not taken', () => {
  it('[live 1] is set aside once the fresh document has come, and outlives the page until it is dismissed', () => {
    const session = new Session();
    const notes = new OwnNotes('s', session);
    write(session.room.doc, 'Too late.');
    notes.refused('readOnly');
    expect(notes.setAside).toEqual([]);
    write(session.room.doc, 'What stands.');
    notes.synced();
    const aside = [{ questionId: 'q1', words: 'Too late.', reason: 'readOnly' }];
    expect(notes.setAside).toEqual(aside);
    notes.synced();
    expect(notes.setAside).toEqual(aside);
    const next = new OwnNotes('s', new Session());
    expect(next.setAside).toEqual(aside);
    next.dropSetAside();
    expect([next.setAside, new OwnNotes('s', new Session()).setAside]).toEqual([[], []]);
  });

  it('[live 1] is not lost when more is refused before the fresh document has come', () => {
    const session = new Session();
    const notes = new OwnNotes('s', session);
    for (const words of ['One.', 'Two.']) {
      write(session.room.doc, words);
      notes.refused('documentTooLarge');
    }
    notes.synced();
    expect(notes.setAside.map(({ words }) => words)).toEqual(['One.', 'Two.']);
  });
});
