// Shows that every case can fail: plays them against servers that are wrong, each of which one of them must fail with.
import { createServer } from 'node:http';
import { WebSocket, WebSocketServer } from 'ws';
import { playCase, SUITES } from './cases.mjs';

const HANDSHAKE = { sid: 'x', upgrades: [], pingInterval: 300, pingTimeout: 200, maxPayload: 1_000_000 };

const WRONG = {
  'agrees to everything, and never closes': {
    request: ({ method, url }, response) =>
      response.end(method === 'POST' ? 'ok' : url.includes('sid=') ? '4wrong' : `0${JSON.stringify(HANDSHAKE)}`),
    websocket(socket, url) {
      if (!url.includes('sid=')) socket.send(`0${JSON.stringify({ ...HANDSHAKE, upgrades: ['websocket'] })}`);
      socket.on('message', (data) => socket.send(`${data}` === '2probe' ? '3probe' : '4wrong'));
    },
  },
  'refuses everything': {
    request: (_, response) => response.writeHead(404).end(),
    websocket: (socket) => socket.close(),
  },
};

let wrong = false;
const passed = new Map(SUITES.flatMap(({ name, cases }) => Object.keys(cases).map((title) => [`${name} / ${title}`, 0])));
for (const { request, websocket } of Object.values(WRONG)) {
  const server = createServer(request);
  new WebSocketServer({ server }).on('connection', (socket, { url }) => websocket(socket, url));
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const at = `http://127.0.0.1:${server.address().port}`;
  const all = SUITES.flatMap(({ name, path, cases }) =>
    Object.entries(cases).map(async ([title, play]) => {
      const full = `${name} / ${title}`;
      if ((await playCase(title, play, at, path, WebSocket)) === undefined) passed.set(full, passed.get(full) + 1);
    }),
  );
  await Promise.all(all);
  server.close();
  server.closeAllConnections();
}
for (const [title, times] of passed) {
  if (times < Object.keys(WRONG).length) continue;
  wrong = true;
  console.log(`passes whatever a server does: ${title}`);
}
console.log(`${passed.size} cases against ${Object.keys(WRONG).length} wrong servers`);
process.exit(wrong ? 1 : 0);
