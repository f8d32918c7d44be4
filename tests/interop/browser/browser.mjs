// Chromium plays the first flow against the release server, from a page of another origin.
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { startServer } from '../parlance.mjs';
import { startChromium } from './chromium.mjs';
import { servePages } from './pages.mjs';

const TARGET = process.env.PARLANCE_TARGET;
if (!TARGET) throw new Error('PARLANCE_TARGET must name the folder of what is built; `cargo xtask interop` sets it');

let chromium, pages, origin, server;
before(async () => {
  pages = await servePages();
  origin = pages.origin;
  server = await startServer({ flags: ['--allowed-origin', origin] });
  chromium = await startChromium(join(TARGET, 'interop-chromium'));
});
after(async () => {
  await chromium?.stop();
  pages?.close();
  if (server) assert.equal((await server.stop()).code, 0, 'SIGTERM ends the server with exit code 0');
});

const open = async (what, from = origin) => {
  const page = await chromium.page();
  await page.send('Page.navigate', { url: `${from}/#${encodeURIComponent(JSON.stringify(what))}` });
  await page.until('document.getElementById("done")');
  return page;
};

for (const [way, transports, name] of [
  ['polling, then upgrade (the default)', undefined, 'default'],
  ['websocket alone', ['websocket'], 'websocket'],
  ['polling alone', ['polling'], 'polling'],
]) {
  test(`basic chat flow across origins: ${way}`, { timeout: 60_000 }, async () => {
    const sessionId = await server.session('alice');
    const content = 'say: Grüße aus Chromium, 世界';
    const page = await open({ url: server.url, token: server.token('alice'), sessionId, transports, content });
    const text = (id) => page.evaluate(`document.getElementById('${id}').innerText`);
    await page.until(`document.getElementById('done').innerText`);
    const expected = transports?.[0] ?? 'websocket';
    await page.until(`document.getElementById('transport').innerText === '${expected}'`);
    assert.equal(await text('state'), 'connected');
    assert.equal(await text('asked'), content);
    assert.equal(await text('answered'), 'Grüße aus Chromium, 世界');
    assert.equal(await text('done'), 'Grüße aus Chromium, 世界');
    assert.deepEqual(page.console, [], 'the browser complains of nothing');
    const folder = join(TARGET, 'interop-browser');
    mkdirSync(folder, { recursive: true });
    const picture = await page.screenshot();
    assert.ok(picture.length > 6_000, 'text is painted');
    writeFileSync(join(folder, `${name}.png`), picture);
    page.close();
  });
}

test('a bad token is a connect_error', { timeout: 60_000 }, async () => {
  const page = await open({ url: server.url, token: 'not.a.token', sessionId: 'x', content: 'x' });
  await page.until(`document.getElementById('state').innerText.startsWith('connect_error')`);
  const state = await page.evaluate(`document.getElementById('state').innerText`);
  assert.equal(state, 'connect_error: Authentication failed {"code":"authentication-failed"}');
  page.close();
});

test('a page of an origin that is not allowed gets nothing', { timeout: 60_000 }, async () => {
  const sessionId = await server.session('alice');
  for (const transports of [undefined, ['websocket']]) {
    const page = await open({ url: server.url, token: server.token('alice'), sessionId, transports, content: 'say: x' }, origin.replace('127.0.0.1', 'localhost'));
    await page.until(`document.getElementById('state').innerText.startsWith('connect_error')`);
    assert.equal(await page.evaluate(`document.getElementById('done').innerText`), '');
    page.close();
  }
});
