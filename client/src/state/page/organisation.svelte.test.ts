import type { OrganisationChange, OrganisationSettings } from '@attune/contract';
import { describe, expect, it } from 'vitest';
import { ApiProblem } from '../../api.ts';
import { OrganisationPage } from './organisation.svelte.ts';

const first: OrganisationSettings = {
  name: 'Northwind',
  timeZone: 'UTC',
  thresholdHundredths: 1_000,
  guestsAllowed: true,
  revision: 1,
};

/** A server that keeps settings, and refuses what was chosen over another revision. */
function server() {
  let stored = first;
  const sent: OrganisationChange[] = [];
  const write = async (change: OrganisationChange) => {
    sent.push(change);
    if (change.revision !== stored.revision)
      throw new ApiProblem('stale', 409, { present: { settings: stored, byName: 'Tomas' } });
    const { revision, ...changed } = change;
    stored = { ...stored, ...changed, revision: revision + 1 };
    return stored;
  };
  return {
    sent,
    get stored() {
      return stored;
    },
    change: (changed: Partial<OrganisationSettings>) => write({ ...changed, revision: stored.revision }),
    async page() {
      const page = new OrganisationPage(async () => stored, write);
      await page.stored.load();
      return page;
    },
  };
}

describe('the organisation’s settings in a tab', () => {
  it('[O1] sends what was changed alone; what was changed back is no change', async () => {
    const there = server();
    const page = await there.page();
    page.change('name', 'Northwind Contact');
    page.change('guestsAllowed', false);
    page.change('guestsAllowed', true);
    expect([page.changed, await page.save()]).toEqual([['name'], true]);
    expect(there.sent).toEqual([{ name: 'Northwind Contact', revision: 1 }]);
    expect([page.saved, page.changed]).toEqual([['name'], []]);
  });

  it('[O1] brings back what the last save changed, and nothing else', async () => {
    const there = server();
    const page = await there.page();
    page.change('timeZone', 'Europe/Berlin');
    await page.save();
    expect(await page.undo()).toBe(true);
    expect(there.stored).toEqual({ ...first, revision: 3 });
  });

  it('[O1] lets another’s change of something else stand beside its own', async () => {
    const there = server();
    const page = await there.page();
    await there.change({ timeZone: 'Asia/Tokyo' });
    page.change('name', 'Mine');
    expect(await page.save()).toBe(true);
    expect(there.stored).toMatchObject({ name: 'Mine', timeZone: 'Asia/Tokyo' });
    expect(page.shown.timeZone).toBe('Asia/Tokyo');
  });

  it('[O1] asks which is to stand where both changed the same, and overwrites nothing before', async () => {
    const there = server();
    const page = await there.page();
    await there.change({ name: 'Theirs' });
    page.change('name', 'Mine');
    page.change('guestsAllowed', false);
    expect(await page.save()).toBe(false);
    expect(page.meanwhile).toMatchObject({ byName: 'Tomas', names: ['name'] });
    expect([there.stored.name, page.shown.name]).toEqual(['Theirs', 'Mine']);
    page.takeTheirs();
    expect([page.shown.name, page.changed]).toEqual(['Theirs', ['guestsAllowed']]);
    page.change('name', 'Mine after all');
    expect([await page.save(), there.stored.name]).toEqual([true, 'Mine after all']);
  });

  it('[O1] keeps its own over theirs where told to, unless they changed it once more', async () => {
    const there = server();
    const page = await there.page();
    page.change('name', 'Mine');
    await there.change({ name: 'Theirs' });
    await page.save();
    await there.change({ name: 'Theirs again' });
    expect([await page.keepMine(), page.meanwhile?.theirs.name]).toEqual([false, 'Theirs again']);
    expect([await page.keepMine(), there.stored.name]).toEqual([true, 'Mine']);
  });

  it('[house 5] loses nothing typed where the server cannot be reached', async () => {
    const page = new OrganisationPage(
      async () => first,
      async () => {
        throw new ApiProblem('offline');
      },
    );
    await page.stored.load();
    page.change('name', 'Mine');
    expect([await page.save(), page.problem?.slug, page.shown.name]).toEqual([false, 'offline', 'Mine']);
  });
});
