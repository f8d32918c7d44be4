// What a case has to speak with a server: single requests, and websockets of which it reads frame by frame. Only what Node
// and browsers both have: `fetch`, and a WebSocket that is handed in.

import { Mismatch, same } from '../same.mjs';

export const RS = '\x1e';
export const PING = { interval: 300, timeout: 200 };

/** For what has to be a moment apart; no case waits for a result with it. */
export const apart = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

/** The other side of `path` at `base`, an http URL. Whatever is opened here is closed by `leave`. */
export function peer(base, path, WebSocket) {
  const opened = [];
  const requests = new AbortController();
  const address = (query, root = base) => `${root}${path}?${new URLSearchParams(query)}`;
  const request = async (query, options) => {
    const signal = options?.signal ? AbortSignal.any([options.signal, requests.signal]) : requests.signal;
    // A browser would let the second of two equal requests wait for the first.
    const answer = await fetch(address(query), { cache: 'no-store', ...options, signal });
    return { status: answer.status, body: await answer.text() };
  };
  const polling = (sid) => ({ EIO: '4', transport: 'polling', sid });
  const me = {
    request,
    poll: (sid, options) => request(polling(sid), options),
    post: (sid, body) => request(polling(sid), { method: 'POST', body }),
    async handshake() {
      const { status, body } = await request({ EIO: '4', transport: 'polling' });
      same('the status of the handshake', status, 200);
      same('the type of its packet', body[0], '0');
      return JSON.parse(body.slice(1));
    },
    /** A websocket that need not open. */
    websocket(query) {
      const socket = new WebSocket(address(query, base.replace(/^http/, 'ws')));
      opened.push(socket);
      return frames(socket);
    },
    /** A new session on a websocket, and what its first frame said. */
    async session() {
      const socket = me.websocket({ EIO: '4', transport: 'websocket' });
      const first = await socket.next();
      same('the type of the first packet', first[0], '0');
      return Object.assign(socket, { handshake: JSON.parse(first.slice(1)) });
    },
    /** A session that has moved from polling to a websocket. */
    async upgraded() {
      const { sid } = await me.handshake();
      const socket = me.websocket({ EIO: '4', transport: 'websocket', sid });
      await socket.opened;
      socket.send('2probe');
      same('the answer to the probe', await socket.next(), '3probe');
      socket.send('5');
      return Object.assign(socket, { sid });
    },
    leave() {
      requests.abort();
      for (const socket of opened) socket.close();
    },
  };
  return me;
}

/** Frames in their order; bytes come as Uint8Array. */
function frames(socket) {
  socket.binaryType = 'arraybuffer';
  const came = [];
  const waiting = [];
  let isClosed = false;
  const over = () => new Mismatch('the websocket was closed where a frame was due');
  socket.addEventListener('message', ({ data }) => {
    const frame = typeof data === 'string' ? data : new Uint8Array(data);
    const first = waiting.shift();
    if (first) first.resolve(frame);
    else came.push(frame);
  });
  const opened = new Promise((resolve, reject) => {
    socket.addEventListener('open', () => resolve());
    socket.addEventListener('close', () => reject(new Mismatch('the websocket was closed before it opened')));
  });
  opened.catch(() => {});
  const closed = new Promise((resolve) =>
    socket.addEventListener('close', () => {
      isClosed = true;
      for (const { reject } of waiting.splice(0)) reject(over());
      resolve();
    }),
  );
  // A refused upgrade is an error first, and closed next.
  socket.addEventListener('error', () => {});
  return {
    opened,
    closed,
    send: (data) => socket.send(data),
    async next() {
      if (came.length > 0) return came.shift();
      if (isClosed) throw over();
      return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
    },
    /** What came and nobody asked for. */
    unread: () => came.splice(0),
  };
}
