// A headless Chromium that came from npm, spoken to over its debugging protocol: enough to open a page and look at it.
import { spawn } from 'node:child_process';
import { createReadStream, createWriteStream, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';
import { WebSocket } from 'ws';

const require = createRequire(import.meta.url);
const packed = join(dirname(require.resolve('@sparticuz/chromium')), '../bin');

/** Unpacks it into `folder` the first time. The libraries are for machines that have none of their own. */
async function unpacked(folder) {
  const binary = join(folder, 'chromium');
  if (!existsSync(binary)) {
    mkdirSync(folder, { recursive: true });
    const { extract } = require('tar-fs');
    for (const name of ['fonts', 'al2023', 'swiftshader']) {
      const from = createReadStream(join(packed, `${name}.tar.br`));
      await pipeline(from, createBrotliDecompress(), extract(name === 'swiftshader' ? folder : join(folder, name)));
    }
    const part = `${binary}.part`;
    await pipeline(createReadStream(join(packed, 'chromium.br')), createBrotliDecompress(), createWriteStream(part, { mode: 0o700 }));
    renameSync(part, binary);
  }
  return binary;
}

/** Starts it, with a profile that goes when it is stopped. */
export async function startChromium(folder) {
  const binary = await unpacked(folder);
  const profile = mkdtempSync(join(folder, 'profile-'));
  const flags = ['--headless=shell', '--no-sandbox', '--in-process-gpu', '--disable-dev-shm-usage', '--no-first-run'];
  flags.push('--remote-debugging-port=0', `--user-data-dir=${profile}`, '--window-size=900,600', 'about:blank');
  // Theirs names a folder that is not ours; without a font no text is painted.
  const fonts = join(profile, 'fonts.conf');
  writeFileSync(fonts, `<fontconfig><dir>${join(folder, 'fonts')}</dir><cachedir>${profile}</cachedir></fontconfig>`);
  const env = { ...process.env, FONTCONFIG_FILE: fonts, HOME: profile };
  env.LD_LIBRARY_PATH = [process.env.LD_LIBRARY_PATH, join(folder, 'al2023/lib')].filter(Boolean).join(':');
  const child = spawn(binary, flags, { env, stdio: ['ignore', 'ignore', 'pipe'] });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  const stop = async () => {
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), 5_000);
    await exited;
    clearTimeout(timer);
    // Processes of its own may still be writing into it.
    for (let left = 100; existsSync(profile); left--) {
      try {
        rmSync(profile, { recursive: true, force: true });
      } catch (error) {
        if (left === 0) throw error;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  };
  let said = '';
  const address = await new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`Chromium does not start:\n${said}`)), 30_000);
    child.stderr.on('data', (chunk) => {
      said += chunk;
      const found = said.match(/DevTools listening on (ws:\S+)/);
      if (found) resolve((clearTimeout(timer), found[1]));
    });
    exited.then((code) => reject(new Error(`Chromium ended with ${code}:\n${said}`)));
    child.once('error', reject);
  }).catch(async (error) => {
    await stop();
    throw error;
  });
  return { page: () => openPage(address), stop };
}

/** A page, with `send` for any command. */
async function openPage(address) {
  const list = await (await fetch(`http://${new URL(address).host}/json/new?about:blank`, { method: 'PUT' })).json();
  const socket = new WebSocket(list.webSocketDebuggerUrl);
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  const waiting = new Map();
  const console_ = [];
  socket.on('message', (data) => {
    const { id, result, error, method, params } = JSON.parse(data);
    if (id) {
      const { resolve, reject } = waiting.get(id);
      waiting.delete(id);
      if (error) reject(new Error(error.message));
      else resolve(result);
    } else if (method === 'Runtime.consoleAPICalled') console_.push(params.args.map((arg) => arg.value).join(' '));
    else if (method === 'Runtime.exceptionThrown') console_.push(params.exceptionDetails.exception?.description);
    else if (method === 'Log.entryAdded') console_.push(params.entry.text);
  });
  let last = 0;
  const send = (method, params = {}) =>
    new Promise((resolve, reject) => {
      waiting.set(++last, { resolve, reject });
      socket.send(JSON.stringify({ id: last, method, params }));
    });
  await Promise.all(['Page.enable', 'Runtime.enable', 'Log.enable'].map((method) => send(method)));
  const evaluate = async (expression) => {
    const { result, exceptionDetails } = await send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  };
  return {
    send,
    evaluate,
    console: console_,
    /** Until the expression is true in the page. */
    async until(expression, milliseconds = 20_000) {
      const end = Date.now() + milliseconds;
      while (!(await evaluate(`Boolean(${expression})`))) {
        const text = await evaluate('document.body?.innerText');
        if (Date.now() > end) throw new Error(`never: ${expression}\n${text}\n${console_.join('\n')}`);
      }
    },
    screenshot: async () => Buffer.from((await send('Page.captureScreenshot')).data, 'base64'),
    close: () => socket.close(),
  };
}
