// Imports in the table of who may do what: whoever may do by hand what is in the file may bring it in, and each is its own member's.

interface World {
  /** The administrator's. */
  readonly importId: string;
}

const anImport =
  (rest = '') =>
  ({ importId }: World) =>
    `/api/imports/${importId}${rest}`;
const noOneElse = { otherOrganisation: 403, agent: 403, otherScope: 403, colleague: 403 } as const;

export const importRoutes = {
  'GET /api/members/export.csv': {
    path: () => '/api/members/export.csv',
    right: 'admin',
    refused: noOneElse,
  },
  'POST /api/imports': {
    path: () => '/api/imports',
    body: () => ({ kind: 'members', name: 'people.csv', sizeBytes: 5, hash: '0'.repeat(64) }),
    right: 'admin',
    refused: noOneElse,
  },
  'GET /api/imports/:id': { path: anImport(), right: 'admin' },
  'PUT /api/imports/:id/parts': { path: anImport('/parts?offset=0'), right: 'noOne' },
  'PUT /api/imports/:id/scope': {
    path: anImport('/scope'),
    body: () => ({ scope: { kind: 'organisation' } }),
    right: 'admin',
  },
  'POST /api/imports/:id/yes': { path: anImport('/yes'), body: () => ({ plan: 'x' }), right: 'admin' },
  'GET /api/imports/:id/bad-rows.csv': { path: anImport('/bad-rows.csv'), right: 'admin' },
  'DELETE /api/imports/:id': { path: anImport(), right: 'admin' },
} as const;
