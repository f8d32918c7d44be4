// Chromium plays what Node plays: every case of the stock client, and those of both protocols, from a page of another origin.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { CASES, WAYS } from '../cases.mjs';
import { control } from '../control.mjs';
import { startChromium } from './chromium.mjs';
import { servePages } from './pages.mjs';

const servers = control();
let chromium, pages, page, echo;
before(async () => {
  pages = await servePages({ control: servers });
  echo = await servers.start('echo');
  chromium = await startChromium(join(process.env.PARLANCE_TARGET, 'interop-chromium'));
  page = await chromium.page();
  await page.send('Page.navigate', { url: `${pages.origin}/cases` });
  await page.until('window.playCase');
});
after(async () => {
  await chromium?.stop();
  pages?.close();
  await servers.end();
});

for (const way of Object.keys(WAYS)) {
  describe(way, () => {
    for (const title of Object.keys(CASES)) {
      test(title, { timeout: 40_000 }, async () => {
        assert.equal(await page.evaluate(`playCase(${JSON.stringify(way)}, ${JSON.stringify(title)}, ${JSON.stringify(echo.url)})`), '');
      });
    }
  });
}

test('the cases of both protocols', { timeout: 120_000 }, async () => {
  const { id, direct } = await servers.start('strict');
  const suites = await page.evaluate(`playProtocol(${JSON.stringify(direct)})`);
  assert.deepEqual(suites.map(({ passed, failures }) => [passed, failures]), [[25, []], [32, []]]);
  await servers.stop(id);
});
