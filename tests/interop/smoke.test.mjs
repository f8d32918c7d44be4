// What every Socket.IO server must do for the stock client, in its three ways of travelling, against `examples/echo`.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { io } from 'socket.io-client';
import { startEcho } from './echo.mjs';
import { ask, once, TRANSPORTS } from './parlance.mjs';

/** The next event that fits, with all its arguments. */
const all = (socket, event) =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no ${event} within 10 s`)), 10_000);
    socket.once(event, (...args) => {
      clearTimeout(timer);
      resolve(args);
    });
  });

const bytes = (length) => Buffer.from(Array.from({ length }, (_, at) => (at * 31 + 7) % 256));

let server;
before(async () => (server = await startEcho()));
after(async () => assert.deepEqual(await server.stop(), { code: 0, signal: null }, 'Ctrl-C ends it with exit code 0'));

for (const [way, transports] of Object.entries(TRANSPORTS)) {
  const open = (url, options = {}) =>
    io(url, { forceNew: true, reconnectionDelay: 50, reconnectionDelayMax: 100, ...(transports ? { transports } : {}), ...options });
  const upgrades = transports === undefined;

  /** Connects, waits for the upgrade where there is one, and leaves at the end. */
  const play = (name, body, { path = '/', options } = {}) =>
    test(name, { timeout: 30_000 }, async () => {
      const socket = open(server.url + path, options);
      try {
        const upgraded = upgrades && once(socket.io, 'open').then(() => once(socket.io.engine, 'upgrade'));
        await once(socket, 'connect');
        await upgraded;
        assert.equal(socket.io.engine.transport.name, transports?.[0] ?? 'websocket');
        await body(socket);
      } finally {
        socket.disconnect();
      }
    });

  const comesBack = async (socket, ...args) => {
    const back = all(socket, 'message-back');
    socket.emit('message', ...args);
    assert.deepEqual(await back, args);
    assert.deepEqual(await ask(socket, 'message-with-ack', ...args), args[0], 'the acknowledgement starts with the first');
  };

  describe(way, () => {
    test('what is sent along with CONNECT', { timeout: 30_000 }, async () => {
      const socket = open(server.url, { auth: { token: 'Grüße', deep: { list: [1, null] } } });
      assert.deepEqual(await all(socket, 'auth'), [{ token: 'Grüße', deep: { list: [1, null] } }]);
      assert.ok(socket.id.length >= 16);
      socket.disconnect();
    });

    play('text, numbers, nothing, and many arguments', async (socket) => {
      await comesBack(socket, 'text');
      await comesBack(socket, 1, '2', { 3: [true] });
      await comesBack(socket, null, -1.5, false, [], {}, '');
      const back = all(socket, 'message-back');
      socket.emit('message');
      assert.deepEqual(await back, []);
    });

    play('unicode, quotes, and the separators of the payload', async (socket) => {
      await comesBack(socket, 'Grüße, 世界 🌍 \u0000\u001e\u2028\u2029\ufeff "quoted" \\ 1-["x"]');
      await comesBack(socket, { 'schlüssel 🌍': ['𝒳'.repeat(1000), 'e\u0301'] });
    });

    play('binary, nested, empty, twice the same, and next to text', async (socket) => {
      await comesBack(socket, bytes(3));
      await comesBack(socket, { a: [bytes(1), { b: bytes(256), c: 'text' }], d: bytes(0) }, 'and', bytes(70_000));
      await comesBack(socket, ...Array.from({ length: 10 }, (_, at) => bytes(at + 1)));
      const same = bytes(10);
      await comesBack(socket, same, same);
      await comesBack(socket, { _placeholder: 'text', num: 'no' });
    });

    play('many acknowledgements on the way at once', async (socket) => {
      const asked = Array.from({ length: 100 }, (_, at) => (at % 2 ? { at } : bytes(at + 1)));
      assert.deepEqual(await Promise.all(asked.map((one) => ask(socket, 'message-with-ack', one))), asked);
    });

    play('200 messages in order, text and binary by turns', async (socket) => {
      const sent = Array.from({ length: 200 }, (_, at) => (at % 5 ? [at, 'text'] : [at, bytes(20)]));
      const got = [];
      const done = new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`${got.length} of 200 within 20 s`)), 20_000);
        socket.on('message-back', (...args) => {
          if (got.push(args) === sent.length) resolve(clearTimeout(timer));
        });
      });
      for (const args of sent) socket.emit('message', ...args);
      await done;
      assert.deepEqual(got, sent);
    });

    play('300 kB of text and of bytes', async (socket) => {
      await comesBack(socket, '€'.repeat(100_000));
      await comesBack(socket, bytes(300_000));
    });

    test('a connection lives through its heartbeats', { timeout: 30_000 }, async () => {
      const beating = await startEcho({ interval: 150, timeout: 5_000 });
      const socket = open(beating.url);
      try {
        let lost;
        socket.on('disconnect', (reason) => (lost = reason));
        await once(socket, 'connect');
        for (let beat = 0; beat < 6; beat++) await once(socket.io, 'ping');
        assert.equal(lost, undefined);
        await comesBack(socket, 'still here');
      } finally {
        socket.disconnect();
        await beating.stop();
      }
    });

    play('/custom, next to / on one connection', async (socket) => {
      const custom = socket.io.socket('/custom', { auth: { from: 'custom' } });
      const auth = all(custom, 'auth');
      await once(custom, 'connect');
      assert.deepEqual(await auth, [{ from: 'custom' }]);
      assert.notEqual(custom.id, socket.id);
      custom.disconnect();
      await comesBack(socket, 'the other namespace goes on');
    });

    play('a namespace that is none is a connect_error, and the others go on', async (socket) => {
      const none = socket.io.socket('/none');
      const error = await once(none, 'connect_error');
      assert.equal(error.message, 'Invalid namespace');
      assert.equal(none.connected, false);
      await comesBack(socket, 'still here');
    });

    play('the client leaves, and comes back with a new id', async (socket) => {
      const before = socket.id;
      const gone = once(socket, 'disconnect');
      socket.disconnect();
      assert.equal(await gone, 'io client disconnect');
      const auth = all(socket, 'auth');
      socket.connect();
      await auth;
      assert.notEqual(socket.id, before);
      await comesBack(socket, 'back');
    });

    test('the server leaves: at once with Ctrl-C, and when it is killed', { timeout: 30_000 }, async () => {
      // A poll that is cut is an error to the client, and so is one that begins when nobody listens any more.
      const cut = transports?.[0] === 'polling' ? 'transport error' : 'transport close';
      for (const [how, reasons] of [
        ['stop', ['io server disconnect', 'transport close', cut]],
        ['kill', [cut, 'transport close']],
      ]) {
        const leaving = await startEcho();
        const socket = open(leaving.url, { reconnection: false });
        try {
          await once(socket, 'connect');
          const gone = once(socket, 'disconnect');
          leaving[how]();
          const reason = await gone;
          assert.ok(reasons.includes(reason), `${how}: ${reason}`);
        } finally {
          socket.disconnect();
          leaving.kill();
        }
      }
    });
  });
}
