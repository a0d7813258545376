// Calls back for each message of a kind that a room hears, at once: what is timed must not wait until somebody looks.
import type { OwnMessage, OwnMessageType } from '@attune/contract';
import type { OpenRoom } from '../support/rooms.ts';

export function onHeard<T extends OwnMessageType>(
  room: OpenRoom,
  type: T,
  act: (message: OwnMessage<T>) => void,
): void {
  const { messageHandlers } = room.provider;
  const read = messageHandlers[type];
  messageHandlers[type] = (...heard) => {
    const before = room.heard(type).length;
    read?.(...heard);
    const message = room.heard(type).at(before);
    if (message) act(message);
  };
}
