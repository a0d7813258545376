// Who may take part (O4), as people meet it: the picker, the join link, the settings; nobody is shut out without the reason.
import { expect, test } from '@playwright/test';
import { demoPerson } from '../support/demo.ts';
import { expectAccessible, type Product, seat, startProduct } from '../support/pages.ts';
import { makeSession, publishScorecard, scaleDocument } from '../support/people.ts';

let product: Product;

test.beforeAll(async () => {
  product = await startProduct();
});

test.afterAll(async () => {
  await product?.end();
});

async function draft(url: string, settings: object = {}) {
  const ana = await demoPerson(url, 'Ana');
  const scorecardVersionId = await publishScorecard(ana, scaleDocument(1));
  const { clients } = (await ana.get('/api/clients')).body as { clients: { id: string; name: string }[] };
  const clientId = (name: string) => clients.find((client) => client.name.startsWith(name))?.id ?? '';
  const make = (more: object = settings) => makeSession(ana, { scorecardVersionId, ...more }, []);
  return { ana, clientId, make };
}

test('[O4] the picker of an organisation-wide session offers who works for one client; of another client’s, it says why not', async ({
  browser,
}) => {
  const { url } = product.app;
  const { clientId, make } = await draft(url);
  const { id } = await make({ name: 'For everyone' });
  const { page, context } = await seat(browser, url, 'Ana');
  await page.goto(`/calibrations/${id}`);
  const picker = page.getByRole('combobox', { name: 'Add a participant' });
  await picker.fill('Dmitri');
  await page.getByRole('option', { name: 'Dmitri Volkov' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: 'Dmitri Volkov' })).toBeVisible();
  // Someone whose trouble is another is told of that, and not of clients.
  await picker.fill('Farah No');
  await expect(
    page.getByRole('status').getByText('Nobody in your organisation has this name.'),
  ).toBeVisible();
  await picker.fill('Noor');
  await expect(page.getByRole('status').getByText('has a role that does not take part')).toBeVisible();

  const scope = { kind: 'client', clientId: clientId('Solace') };
  const other = await make({ name: 'For Solace', scope });
  await page.goto(`/calibrations/${other.id}`);
  await picker.fill('Dmitri');
  await expect(
    page.getByRole('status').getByText('Dmitri Volkov works for Kestrel Bank only.'),
  ).toBeVisible();
  await expect(page.getByRole('option')).toHaveCount(0);
  await expectAccessible(page);
  await picker.press('Enter');
  await expect(page.getByRole('listitem').filter({ hasText: 'Dmitri' })).toHaveCount(0);
  expect(await page.getByRole('main').textContent()).not.toMatch(/\bcover/i);
  await context.close();
});

test('[O4] [J1] an evaluator who works for one client joins an organisation-wide session by its link; an agent is told of the role', async ({
  browser,
}) => {
  const { url } = product.app;
  const { ana, clientId, make } = await draft(url);
  const linkOf = async (id: string) => {
    const made = await ana.send('POST', `/api/sessions/${id}/links/join`, {});
    return (made.body as { join: { url: string } }).join.url;
  };
  const { id } = await make({ name: 'Come one, come all' });
  const farid = await seat(browser, url, 'Farid');
  await farid.page.goto(await linkOf(id));
  await farid.page.getByRole('button', { name: 'Join as Farid' }).click();
  await expect(farid.page).toHaveURL(new RegExp(`${id}/score`));

  const agent = await seat(browser, url, 'Noor');
  await agent.page.goto(await linkOf(id));
  await expect(agent.page.getByText('Your role does not take part in calibrations.')).toBeVisible();
  await expect(agent.page.getByText('client')).toHaveCount(0);

  const scoped = await make({
    name: 'Solace alone',
    scope: { kind: 'client', clientId: clientId('Solace') },
  });
  const dmitri = await seat(browser, url, 'Dmitri');
  await dmitri.page.goto(await linkOf(scoped.id));
  await expect(dmitri.page.getByText('It is for people who work for its client')).toBeVisible();
  for (const { context } of [farid, agent, dmitri]) await context.close();
});

test('[O4] a client that would put people out names them and what to do, beside Save', async ({
  browser,
}) => {
  const { url } = product.app;
  const { ana, make } = await draft(url);
  const { id } = await make({ name: 'Too narrow' });
  const dmitri = await demoPerson(url, 'Dmitri');
  await ana.send('POST', `/api/sessions/${id}/participants`, { memberId: dmitri.memberId });
  const { page, context } = await seat(browser, url, 'Ana');
  await page.goto(`/calibrations/${id}`);
  await page.getByRole('button', { name: 'Edit settings' }).click();
  const scope = page.getByLabel('Client and line of business');
  await expect(page.getByText('Open to everyone in your organisation.')).toBeVisible();
  await scope.selectOption({ label: 'Solace Health' });
  await expect(page.getByText('Only people who work for Solace Health can take part.')).toBeVisible();
  await page.getByRole('button', { name: 'Save settings' }).click();
  const notice = page.getByRole('alert').filter({ hasText: 'Dmitri Volkov works for Kestrel Bank only.' });
  await expect(notice).toContainText('Remove them from the participants first');
  await scope.selectOption({ label: 'Kestrel Bank' });
  await page.getByRole('button', { name: 'Save settings' }).click();
  await expect(page.getByRole('button', { name: 'Edit settings' })).toBeVisible();
  await context.close();
});
