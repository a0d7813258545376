// Who else is in a room, over its provider: y-protocols' awareness, which carets and presence want. Loaded by the pages that
// show people, and by no other: importing it is what lets a provider have an `awareness`.
import { syncMessage } from '@attune/contract';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import {
  Awareness,
  applyAwarenessUpdate,
  encodeAwarenessUpdate,
  removeAwarenessStates,
} from 'y-protocols/awareness';
import { framed, type Provider, provideAwareness, type RoomAwareness } from './provider.ts';

type Changed = { readonly added: number[]; readonly updated: number[]; readonly removed: number[] };

/** Speaks of oneself alone: what is known of others came from the server, which mints their ids. */
function awarenessIn(provider: Provider): RoomAwareness {
  const { doc } = provider;
  const awareness = new Awareness(doc);
  const tell = (states?: Map<number, Record<string, unknown>>) =>
    provider.send(
      framed(syncMessage.awareness, (encoder) =>
        encoding.writeVarUint8Array(encoder, encodeAwarenessUpdate(awareness, [doc.clientID], states)),
      ),
    );
  const changed = ({ added, updated, removed }: Changed) => {
    if ([...added, ...updated, ...removed].includes(doc.clientID)) tell();
  };
  awareness.on('update', changed);
  return {
    awareness,
    opened: () => tell(),
    hear: (decoder) => applyAwarenessUpdate(awareness, decoding.readVarUint8Array(decoder), provider),
    leaving: () => tell(new Map()),
    closed: () => {
      const others = [...awareness.getStates().keys()].filter((id) => id !== doc.clientID);
      removeAwarenessStates(awareness, others, provider);
    },
    destroy: () => awareness.off('update', changed),
  };
}

provideAwareness(awarenessIn);
