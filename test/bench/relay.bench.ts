// The peer of `meeting.bench.ts`: what the stock y-websocket server does, and nothing more. One document in memory, each update
// to every connection as it comes, no rights, no checks, nothing stored. A process of its own; prints its address.
import { createServer } from 'node:http';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { type WebSocket, WebSocketServer } from 'ws';
import * as syncProtocol from 'y-protocols/sync';
import * as Y from 'yjs';

const syncMessage = 0;
const server = createServer();
const sockets = new WebSocketServer({ server, perMessageDeflate: false });
const connections = new Set<WebSocket>();
const doc = new Y.Doc();

function frame(write: (encoder: encoding.Encoder) => void): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, syncMessage);
  write(encoder);
  return encoding.toUint8Array(encoder);
}

doc.on('update', (bytes: Uint8Array) => {
  const message = frame((encoder) => syncProtocol.writeUpdate(encoder, bytes));
  for (const connection of connections) connection.send(message);
});
sockets.on('connection', (socket) => {
  connections.add(socket);
  socket.on('close', () => connections.delete(socket));
  socket.on('message', (data: Buffer) => {
    const decoder = decoding.createDecoder(new Uint8Array(data));
    if (decoding.readVarUint(decoder) !== syncMessage) return;
    const reply = frame((encoder) => {
      syncProtocol.readSyncMessage(decoder, encoder, doc, socket);
    });
    if (reply.length > 1) socket.send(reply);
  });
  socket.send(frame((encoder) => syncProtocol.writeSyncStep1(encoder, doc)));
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  process.stdout.write(`http://127.0.0.1:${port}\n`);
});
