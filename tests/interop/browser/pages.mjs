// What the pages are made of, and what they ask for, over HTTP.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A file of this folder. */
export const here = (name) => join(dirname(fileURLToPath(import.meta.url)), name);
export const html = (path) => ['text/html; charset=utf-8', path];
export const script = (path) => ['text/javascript; charset=utf-8', path];

const { resolve } = createRequire(import.meta.url);
const SHARED = ['cases.mjs', 'same.mjs', 'protocol/cases.mjs', 'protocol/peer.mjs', 'protocol/engine.mjs', 'protocol/socketio.mjs'];

const FILES = {
  '/': html(here('page.html')),
  '/cases': html(here('cases.html')),
  '/socket.io.js': script(join(dirname(resolve('socket.io-client/package.json')), 'dist/socket.io.js')),
  ...Object.fromEntries(SHARED.map((name) => [`/${name}`, script(here(`../${name}`))])),
};

async function body(request) {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text;
}

/** Serves them on a free port; a POST to `/control` calls what is in `control`. */
export async function servePages({ control = {}, files = {} } = {}) {
  const all = { ...FILES, ...files };
  const server = createServer(async (request, response) => {
    if (request.method === 'POST' && request.url === '/control') {
      const [name, ...args] = JSON.parse(await body(request));
      const answer = await control[name](...args).then((value) => ({ value }), (error) => ({ error: error.message }));
      return response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
    }
    const [type, path] = all[request.url.split('?')[0]] ?? [];
    if (!path) return response.writeHead(404).end();
    response.writeHead(200, { 'content-type': type }).end(readFileSync(path));
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
