import { describe, expect, it } from 'vitest';
import { noteTree } from './note-tree.ts';

const words = (text: string, ...marks: unknown[]) => ({ type: 'text', text, marks });
const doc = (...content: unknown[]) => ({ type: 'doc', content });

describe('drawing a stored note', () => {
  it('[C10] keeps headings, lists, quotes, bold, italic and links', () => {
    const tree = noteTree(
      doc(
        { type: 'heading', attrs: { level: 4 }, content: [words('Standard', { type: 'strong' })] },
        { type: 'bullet_list', content: [{ type: 'list_item', content: [{ type: 'paragraph' }] }] },
        {
          type: 'paragraph',
          content: [words('see', { type: 'em' }, { type: 'link', attrs: { href: 'https://example.com' } })],
        },
      ),
    );
    expect(tree[0]).toMatchObject({ name: 'subheading', children: [{ text: 'Standard', isStrong: true }] });
    expect(tree[1]).toMatchObject({ name: 'bullet_list', children: [{ name: 'list_item' }] });
    expect(tree[2]).toMatchObject({ children: [{ isEm: true, href: 'https://example.com' }] });
  });

  it('[C10] draws a link that is neither web nor mail as plain words, and leaves out what is unknown', () => {
    const hostile = { type: 'link', attrs: { href: 'javascript:alert(1)' } };
    expect(
      noteTree(doc({ type: 'paragraph', content: [words('x', hostile)] }, { type: 'iframe' }, 7)),
    ).toEqual([
      {
        kind: 'element',
        name: 'paragraph',
        children: [{ kind: 'words', text: 'x', isStrong: false, isEm: false, href: null }],
      },
    ]);
    expect(noteTree('no note')).toEqual([]);
  });
});
