// What every Socket.IO server must do for the stock client, in its three ways of travelling: the same in Node and in a browser,
// which hand in their `io`, and the servers that `control.mjs` starts.
import { holds, same } from './same.mjs';

export const WAYS = {
  'polling, then upgrade (the default)': undefined,
  'websocket alone': ['websocket'],
  'polling alone': ['polling'],
};

/** All arguments of the next `event`. */
export const all = (emitter, event) =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no ${event} within 10 s`)), 10_000);
    emitter.once(event, (...args) => {
      clearTimeout(timer);
      resolve(args);
    });
  });

const once = async (emitter, event) => (await all(emitter, event))[0];
const ask = (socket, event, ...args) => socket.timeout(10_000).emitWithAck(event, ...args);
const bytes = (length) => Uint8Array.from({ length }, (_, at) => (at * 31 + 7) % 256);

/** What is emitted comes back as an event, and what is asked as an acknowledgement. */
async function comesBack(socket, ...args) {
  const back = all(socket, 'message-back');
  socket.emit('message', ...args);
  same('what comes back', await back, args);
  same('the acknowledgement, which starts with the first', await ask(socket, 'message-with-ack', ...args), args[0]);
}

/** The events of this name from now on; `until` waits for so many of them. */
function collect(socket, event) {
  const got = [];
  let look = () => {};
  socket.on(event, (...args) => {
    got.push(args);
    look();
  });
  const until = (count) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${got.length} of ${count} ${event} within 20 s`)), 20_000);
      look = () => got.length >= count && resolve(clearTimeout(timer));
      look();
    });
  return { got, until };
}

/**
 * Connected, and upgraded where there is an upgrade. Who cuts the client earlier may meet its gap: when the websocket breaks
 * while polling is being paused, polling stays paused, and nothing is noticed before a ping is late (docs/wire.md).
 */
async function settled(socket, transports) {
  await once(socket, 'connect');
  const { engine } = socket.io;
  if (!transports && engine.transport.name === 'polling') await once(engine, 'upgrade');
}

/** On a settled connection to the echo server. */
const connected = (body) => async (env) => {
  const socket = env.open(env.echo);
  await settled(socket, env.transports);
  same('the transport', socket.io.engine.transport.name, env.transports?.[0] ?? 'websocket');
  await body(socket, env);
};

/** A server that is stopped at the end. */
const served = (kind, body) => async (env) => {
  const server = await env.control.start(kind);
  await body(env, server).finally(() => env.leave());
  await env.control.stop(server.id);
};

export const CASES = {
  async 'what is sent along with CONNECT'({ open, echo }) {
    const socket = open(echo, { auth: { token: 'Grüße', deep: { list: [1, null] } } });
    same('auth', await all(socket, 'auth'), [{ token: 'Grüße', deep: { list: [1, null] } }]);
    holds('the id is long', socket.id.length >= 16);
  },

  'text, numbers, nothing, and many arguments': connected(async (socket) => {
    await comesBack(socket, 'text');
    await comesBack(socket, 1, '2', { 3: [true] });
    await comesBack(socket, null, -1.5, false, [], {}, '');
    const back = all(socket, 'message-back');
    socket.emit('message');
    same('nothing', await back, []);
  }),

  'unicode, quotes, and the separators of the payload': connected(async (socket) => {
    await comesBack(socket, 'Grüße, 世界 🌍 \u0000\u001e\u2028\u2029\ufeff "quoted" \\ 1-["x"]');
    await comesBack(socket, { 'schlüssel 🌍': ['𝒳'.repeat(1000), 'e\u0301'] });
  }),

  'binary, nested, empty, twice the same, and next to text': connected(async (socket) => {
    await comesBack(socket, bytes(3));
    await comesBack(socket, { a: [bytes(1), { b: bytes(256), c: 'text' }], d: bytes(0) }, 'and', bytes(70_000));
    await comesBack(socket, ...Array.from({ length: 10 }, (_, at) => bytes(at + 1)));
    const twice = bytes(10);
    await comesBack(socket, twice, twice);
    await comesBack(socket, bytes(4).buffer);
    await comesBack(socket, { _placeholder: 'text', num: 'no' });
  }),

  'many acknowledgements on the way at once': connected(async (socket) => {
    const asked = Array.from({ length: 100 }, (_, at) => (at % 2 ? { at } : bytes(at + 1)));
    same('the answers', await Promise.all(asked.map((one) => ask(socket, 'message-with-ack', one))), asked);
  }),

  '200 messages in order, text and binary by turns': connected(async (socket) => {
    const sent = Array.from({ length: 200 }, (_, at) => (at % 5 ? [at, 'text'] : [at, bytes(20)]));
    const back = collect(socket, 'message-back');
    for (const args of sent) socket.emit('message', ...args);
    await back.until(sent.length);
    same('what came', back.got, sent);
  }),

  '200 messages in order, while the transport is upgraded': async ({ open, echo }) => {
    const socket = open(echo);
    const back = collect(socket, 'message-back');
    await once(socket, 'connect');
    // One after the other, so that they are on their way before, during and after it.
    for (let at = 0; at < 200; at++) {
      socket.emit('message', at);
      if (at % 10 === 0) await back.until(at);
    }
    await back.until(200);
    same('what came', back.got.flat(), Array.from({ length: 200 }, (_, at) => at));
  },

  '300 kB of text and of bytes': connected(async (socket) => {
    await comesBack(socket, '€'.repeat(100_000));
    await comesBack(socket, bytes(300_000));
  }),

  'a connection lives through its heartbeats': served('beating', async ({ open }, { url }) => {
    const socket = open(url);
    let lost;
    socket.on('disconnect', (reason) => (lost = reason));
    await once(socket, 'connect');
    for (let beat = 0; beat < 6; beat++) await once(socket.io, 'ping');
    same('disconnected', lost, undefined);
    await comesBack(socket, 'still here');
  }),

  '/custom, next to / on one connection': connected(async (socket) => {
    const custom = socket.io.socket('/custom', { auth: { from: 'custom' } });
    const auth = all(custom, 'auth');
    await once(custom, 'connect');
    same('auth', await auth, [{ from: 'custom' }]);
    holds('each has its id', custom.id !== socket.id);
    custom.disconnect();
    await comesBack(socket, 'the other namespace goes on');
  }),

  'a namespace that is none is a connect_error, and the others go on': connected(async (socket) => {
    const none = socket.io.socket('/none');
    const error = await once(none, 'connect_error');
    same('the error', error.message, 'Invalid namespace');
    same('connected', none.connected, false);
    await comesBack(socket, 'still here');
  }),

  'the client leaves, and comes back with a new id': connected(async (socket) => {
    const before = socket.id;
    const gone = once(socket, 'disconnect');
    socket.disconnect();
    same('the reason', await gone, 'io client disconnect');
    const auth = all(socket, 'auth');
    socket.connect();
    await auth;
    holds('the id is another', socket.id !== before);
    await comesBack(socket, 'back');
  }),

  async 'the server leaves: at once with Ctrl-C, and when it is killed'({ open, control, transports }) {
    // A poll that is cut is an error to the client, and so is one that begins when nobody listens any more.
    const cut = transports?.[0] === 'polling' ? ['transport close', 'transport error'] : ['transport close'];
    for (const [how, reasons] of [
      ['stop', ['io server disconnect', ...cut]],
      ['kill', cut],
    ]) {
      const { id, direct } = await control.start('echo');
      const socket = open(direct, { reconnection: false });
      await settled(socket, transports);
      const gone = once(socket, 'disconnect');
      await control[how](id);
      const reason = await gone;
      holds(`${how} may not be ${reason}`, reasons.includes(reason));
    }
  },

  'a killed TCP connection comes back as another socket, with what was emitted meanwhile': served('echo', async ({ open, control, transports }, { id, url }) => {
    const socket = open(url);
    await settled(socket, transports);
    const before = socket.id;
    const gone = once(socket, 'disconnect');
    await control.cut(id);
    await gone;
    const back = all(socket, 'message-back');
    socket.emit('message', 'kept', bytes(5));
    await control.mend(id);
    same('what was kept', await back, ['kept', bytes(5)]);
    holds('the id is another', socket.id !== before);
  }),

  'recovery after a killed TCP connection: the same socket, with all it missed, again and again': served('recovering', async ({ open, control, transports }, { id, url, direct }) => {
    const socket = open(url);
    const other = open(direct);
    const said = collect(socket, 'said');
    await Promise.all([settled(socket, transports), once(other, 'connect')]);
    await ask(socket, 'join', 'room');
    await ask(other, 'say', 'first');
    await said.until(1);
    const before = socket.id;
    const expected = ['first'];
    for (let round = 0; round < 3; round++) {
      const gone = once(socket, 'disconnect');
      await control.cut(id);
      await gone;
      for (let at = 0; at < 5; at++) {
        await ask(other, 'say', `${round}.${at} 🌍`);
        expected.push(`${round}.${at} 🌍`);
      }
      await ask(other, 'say to', 'room');
      expected.push('room');
      const returned = settled(socket, transports);
      await control.mend(id);
      await returned;
      same('recovered', [socket.recovered, socket.id], [true, before]);
      await said.until(expected.length);
      same('what was heard', said.got.map(([value]) => value), expected);
    }
    await ask(other, 'say', 'after');
    await said.until(expected.length + 1);
    same('what was heard at the end', said.got.at(-1)[0], 'after');
  }),

  'acknowledgements the other way, with attachments': served('recovering', async ({ open }, { url }) => {
    const socket = open(url);
    await once(socket, 'connect');
    socket.on('question', (value, answer) => answer({ value, bytes: bytes(3) }));
    same('text', await ask(socket, 'ask me', { a: 1 }), { value: { a: 1 }, bytes: bytes(3) });
    same('bytes', await ask(socket, 'ask me', bytes(9)), { value: bytes(9), bytes: bytes(3) });
    socket.off('question');
    same('nobody answers', await ask(socket, 'ask me', 1), { error: 'operation has timed out' });
  }),
};

/** Plays one; whatever it opened is closed again. */
export async function play(title, { io, transports, control, echo }) {
  const opened = [];
  const open = (url, options = {}) => {
    const fast = { forceNew: true, reconnectionDelay: 20, reconnectionDelayMax: 40 };
    const socket = io(url, { ...fast, ...(transports ? { transports } : {}), ...options });
    opened.push(socket);
    return socket;
  };
  const leave = () => opened.forEach((socket) => socket.disconnect());
  await CASES[title]({ open, leave, transports, control, echo }).finally(leave);
}
