// The wire is pinned (house 5): whatever others speak to this server by is written down here as hashes, so that nobody changes it
// by the way. Whoever means to does what the failure says.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { canonicalJson } from '@attune/domain';
import { expect, it } from 'vitest';
import * as z from 'zod/mini';
import * as contract from './index.ts';
import { pinned } from './wire.fixture.ts';

const { closeCodes, messageSchemas, messageType, problemTypes, protocolVersion, syncMessage } = contract;

/** A schema as what it takes in: names, types, bounds and defaults, without the sentences said of what it refuses. */
const shapeOf = (schema: z.core.$ZodType) =>
  z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' });

const hashOf = (shape: unknown) =>
  createHash('sha256').update(canonicalJson(shape)).digest('hex').slice(0, 12);

const hashesOf = (shapes: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(
    Object.entries(shapes)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, shape]) => [name, hashOf(shape)]),
  );

const schemas = Object.entries(contract).flatMap(([name, value]) =>
  value instanceof z.core.$ZodType ? [[name, value] as const] : [],
);
const ofSocket = new Set<unknown>([
  ...Object.values(messageSchemas),
  contract.presenceFields,
  contract.presenceState,
]);

const socket = hashesOf({
  ...Object.fromEntries(
    schemas.flatMap(([name, schema]) => (ofSocket.has(schema) ? [[name, shapeOf(schema)]] : [])),
  ),
  'message types': { ...messageType, ...syncMessage },
  'bodies by type': Object.fromEntries(
    Object.entries(messageSchemas).map(([type, schema]) => [type, shapeOf(schema)]),
  ),
  'close codes': Object.fromEntries(Object.values(closeCodes).map(({ code, final }) => [code, final])),
});

const http = hashesOf({
  ...Object.fromEntries(
    schemas.flatMap(([name, schema]) => (ofSocket.has(schema) ? [] : [[name, shapeOf(schema)]])),
  ),
  problems: Object.fromEntries(Object.entries(problemTypes).map(([slug, { status }]) => [slug, status])),
});

/** What is not as it was pinned, a line each, as it would stand in the fixture. */
const changes = (now: Readonly<Record<string, string>>, before: Readonly<Record<string, string>>) => [
  ...Object.entries(now)
    .filter(([name, hash]) => before[name] !== hash)
    .map(([name, hash]) => `${canonicalJson(name)}: '${hash}',${name in before ? '' : ' (new)'}`),
  ...Object.keys(before)
    .filter((name) => !(name in now))
    .map((name) => `${canonicalJson(name)} is gone`),
];

it('[house 5] the socket’s messages, numbers and close codes are those of this protocol version', () => {
  const changed = changes(socket, pinned.socket);
  const advice =
    protocolVersion === pinned.protocolVersion
      ? 'Pages and clients that are open speak the old shape: raise protocolVersion in message-types.ts with its history, tell it in docs/protocol.md, then pin in wire.fixture.ts:'
      : 'protocolVersion was raised: tell what changed in docs/protocol.md, then pin in wire.fixture.ts:';
  expect(changed, [advice, `protocolVersion: ${protocolVersion},`, ...changed].join('\n')).toEqual([]);
  expect(protocolVersion, 'Pin the raised protocolVersion in wire.fixture.ts.').toBe(pinned.protocolVersion);
});

it('[house 5] the bodies, views and problems of HTTP are those that were agreed on', () => {
  const changed = changes(http, pinned.http);
  const advice =
    'A page that is open, or a script, sends and reads the old shape: add optional fields rather than change one, then pin in wire.fixture.ts:';
  expect(changed, [advice, ...changed].join('\n')).toEqual([]);
});

it('[X6] the protocol’s page names every message, every close code, and the version to say hello with', () => {
  const page = readFileSync(new URL('../../../docs/protocol.md', import.meta.url), 'utf8');
  for (const [name, type] of Object.entries(messageType))
    expect([name, new RegExp(`^\\| ${type} +\\| ${name} +\\|`, 'm').test(page)]).toEqual([name, true]);
  for (const { code } of Object.values(closeCodes))
    expect([code, new RegExp(`\\| ${code} \\|`).test(page)]).toEqual([code, true]);
  expect(page).toContain(`{"protocol": ${protocolVersion}}`);
});
