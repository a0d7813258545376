// One's own caret while others write: what they insert where it stands belongs after it. y-prosemirror keeps it by the letter to its
// right, so that each letter of somebody else's would push it along, and two words typed at one place would be shuffled.
import { type EditorState, Plugin } from 'prosemirror-state';
import { getRelativeSelection, type ProsemirrorBinding, ySyncPluginKey } from 'y-prosemirror';
import {
  createAbsolutePositionFromRelativePosition,
  createRelativePositionFromTypeIndex,
  type Doc,
  RelativePosition,
  XmlText,
} from 'yjs';

/** The same place, kept by what stands to its left; at a block's start by the block. */
function afterLeft(position: RelativePosition, doc: Doc): RelativePosition {
  const place = createAbsolutePositionFromRelativePosition(position, doc);
  if (place?.type instanceof XmlText) return createRelativePositionFromTypeIndex(place.type, place.index, -1);
  const isInEmpty = place !== null && place.type._length === 0;
  return isInEmpty ? new RelativePosition(position.type, position.tname, null, -1) : position;
}

/** The selection as it should be found again: what is inserted at either end of a range stays outside it. */
function steady(binding: ProsemirrorBinding, state: EditorState): ReturnType<typeof getRelativeSelection> {
  const relative = getRelativeSelection(binding, state);
  if (relative.type !== 'text') return relative;
  const { anchor, head, empty } = state.selection;
  const keep = (position: RelativePosition, isLater: boolean) =>
    empty || isLater ? afterLeft(position, binding.doc) : position;
  return {
    ...relative,
    anchor: keep(relative.anchor, anchor > head),
    head: keep(relative.head, head > anchor),
  };
}

/** To stand behind `ySyncPlugin`, whose own way of keeping the caret it corrects. */
export function ownCaretPlugin(): Plugin {
  return new Plugin({
    view(view) {
      const binding: ProsemirrorBinding = ySyncPluginKey.getState(view.state).binding;
      const hold = () => {
        binding.beforeTransactionSelection = steady(binding, view.state);
      };
      binding.doc.on('beforeAllTransactions', hold);
      return { destroy: () => binding.doc.off('beforeAllTransactions', hold) };
    },
  });
}

/** Whether a transaction brings what somebody else wrote. */
export const isOthers = (meta: unknown): boolean =>
  typeof meta === 'object' && meta !== null && 'isChangeOrigin' in meta && meta.isChangeOrigin === true;
