import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { checkClusterFolder } from './cluster-folder.ts';

const [uid, gid] = [process.getuid?.() ?? 0, process.getgid?.() ?? 0];
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'attune-cluster-'));
  await writeFile(path.join(folder, 'PG_VERSION'), '18\n');
});

afterEach(() => rm(folder, { recursive: true, force: true }));

it('[X6] a database put back by copying, so that it belongs to another user, is named with the command that mends it', async () => {
  await expect(checkClusterFolder(folder, { uid, gid })).resolves.toBeUndefined();
  const other = { uid: uid + 1, gid: gid + 1 };
  await expect(checkClusterFolder(folder, other)).rejects.toThrow(
    `give it back with "chown -R ${other.uid}:${other.gid} ${folder}"`,
  );
});

it('[X6] so is one that is open to other users', async () => {
  await chmod(folder, 0o755);
  await expect(checkClusterFolder(folder, { uid, gid })).rejects.toThrow(`"chmod 700 ${folder}"`);
});

it('[X6] where there is none yet, nothing is wrong with it', async () => {
  await expect(checkClusterFolder(path.join(folder, 'none'), null)).resolves.toBeUndefined();
});
