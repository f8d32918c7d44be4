// The stock client with `socket.io-msgpack-parser` against servers that were told to speak it: what `examples/echo` says back over
// every transport, and acknowledgements and recovery of `examples/recovering`.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { after, before, describe, test } from 'node:test';
import { io } from 'socket.io-client';
import parser from 'socket.io-msgpack-parser';
import { startEcho } from './echo.mjs';
import { ask, once, TRANSPORTS } from './parlance.mjs';

const BIN = process.env.PARLANCE_RECOVERING_BIN;
if (!BIN) throw new Error('PARLANCE_RECOVERING_BIN must name the example `recovering`; `cargo xtask interop` sets it');

const open = [];
after(() => open.forEach((socket) => socket.disconnect()));

/** A client that is not connected yet, and what it has heard. */
function client(url, options) {
  const socket = io(url, { parser, forceNew: true, reconnectionDelay: 20, reconnectionDelayMax: 40, ...options });
  open.push(socket);
  const heard = [];
  socket.onAny((...event) => heard.push(event));
  /** Settles when so many events have come. */
  socket.hears = async (count) => {
    while (heard.length < count) await once(socket.io, 'packet');
    return heard.splice(0, count);
  };
  return socket;
}

async function connected(url, options) {
  const socket = client(url, options);
  await new Promise((resolve, reject) => socket.once('connect', resolve).once('connect_error', reject));
  return socket;
}

// Not whole numbers of 2^64 and more, which the stock encoder writes as something else.
const VALUES = [
  [1, 'two', { 3: [true, null] }],
  ['Grüße, 世界 🌍 \u001e \u0000 "quoted"', '€'.repeat(100_000)],
  [0, 127, 128, 255, 256, 65_536, 2 ** 32, Number.MAX_SAFE_INTEGER, -1, -33, -129, -32_769, -(2 ** 31) - 1],
  [1.5, -0.25, 4.2145576889339904e-142, Number.MIN_VALUE, 0.1 + 0.2],
  [Buffer.from([1, 2, 3]), { a: [{ b: Buffer.alloc(0) }, Buffer.alloc(70_000, 7)] }, 'between'],
  [Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`key ${at}`, at])), Array.from({ length: 70_000 }, (_, at) => at)],
  [{ _placeholder: true, num: 0 }],
  [],
];

for (const [way, transports] of Object.entries(TRANSPORTS)) {
  describe(way, () => {
    let server;
    const connect = (namespace = '/', options = {}) =>
      connected(server.url + namespace, { ...(transports ? { transports } : {}), ...options });
    before(async () => (server = await startEcho({ flags: ['--parser', 'msgpack'] })));
    after(() => server.stop());

    test('every value comes back, as an event and as an acknowledgement', async () => {
      const socket = await connect();
      await socket.hears(1);
      for (const values of VALUES) {
        socket.emit('message', ...values);
        assert.deepEqual(await socket.hears(1), [['message-back', ...values]]);
        const answer = await new Promise((resolve) => socket.emit('message-with-ack', ...values, (...args) => resolve(args)));
        assert.deepEqual(answer, values);
      }
    });

    test('what only JavaScript has becomes what JSON makes of it', async () => {
      const socket = await connect();
      await socket.hears(1);
      const date = new Date(1_700_000_000_123);
      socket.emit('message', undefined, { gone: undefined, here: 1 }, date, NaN, new Uint8Array([9, 8]).buffer);
      const [[, ...back]] = await socket.hears(1);
      assert.deepEqual(back, [null, { here: 1 }, date.toJSON(), null, Buffer.from([9, 8])]);
    });

    test('order holds, through an upgrade as well', async () => {
      const socket = await connect();
      for (let at = 0; at < 300; at += 1) socket.emit('message', at);
      const heard = await socket.hears(301);
      assert.deepEqual(heard.slice(1), Array.from({ length: 300 }, (_, at) => ['message-back', at]));
      if (transports) assert.equal(socket.io.engine.transport.name, transports[0]);
      else {
        while (socket.io.engine.transport.name !== 'websocket') await ask(socket, 'message-with-ack', 1);
      }
      assert.deepEqual(await ask(socket, 'message-with-ack', { over: Buffer.from('it') }), { over: Buffer.from('it') });
    });

    test('namespaces are joined with what is sent along, and refused', async () => {
      const auth = { token: 'Grüße', list: [1, { a: null }] };
      const custom = await connect('/custom', { auth });
      assert.deepEqual(await custom.hears(1), [['auth', auth]]);
      await assert.rejects(connect('/nowhere'), /^Error: Invalid namespace$/);
      custom.disconnect();
      custom.connect();
      assert.deepEqual(await custom.hears(1), [['auth', auth]]);
    });

    test('who speaks JSON there is not understood', async () => {
      const socket = client(server.url, { parser: undefined, reconnection: false, ...(transports ? { transports } : {}) });
      let was = false;
      socket.on('connect', () => (was = true));
      assert.equal(await once(socket.io, 'close'), 'transport close');
      assert.equal(was, false);
    });
  });
}

describe('acknowledgements both ways and recovery', () => {
  let server;
  let url;
  before(async () => {
    server = spawn(BIN, ['0', 'msgpack'], { stdio: ['ignore', 'pipe', 'inherit'] });
    url = String(await once(server.stdout, 'data')).match(/http:\S+/)[0];
  });
  after(async () => {
    server.kill('SIGINT');
    await once(server, 'exit');
  });

  for (const transport of ['websocket', 'polling']) {
    const connect = () => connected(url, { transports: [transport] });

    test(`what the server asks is answered, over ${transport}`, async () => {
      const socket = await connect();
      socket.on('question', (value, answer) => answer({ value, bytes: Buffer.from([1, 2, 3]) }));
      assert.deepEqual(await ask(socket, 'ask me', { a: 1 }), { value: { a: 1 }, bytes: Buffer.from([1, 2, 3]) });
      assert.deepEqual((await ask(socket, 'ask me', Buffer.from([9]))).value, Buffer.from([9]));
      socket.off('question');
      assert.deepEqual(await ask(socket, 'ask me', 1), { error: 'operation has timed out' });
    });

    test(`who was cut off comes back and has missed nothing, over ${transport}`, async () => {
      const socket = await connect();
      const other = await connect();
      const { id } = socket;
      const said = [];
      socket.on('said', (value) => said.push(value));
      await ask(socket, 'say', 0);
      for (let round = 1; round < 4; round += 1) {
        const lost = once(socket, 'disconnect');
        const back = once(socket, 'connect');
        if (transport === 'websocket') socket.io.engine.transport.ws._socket.destroy();
        else socket.io.engine.transport.onError('cut by the test');
        await lost;
        await ask(other, 'say', { round, bytes: Buffer.from([round]) });
        await back;
        assert.deepEqual([socket.recovered, socket.id], [true, id]);
        while (said.length <= round) await once(socket, 'said');
        assert.deepEqual(said[round], { round, bytes: Buffer.from([round]) });
      }
      assert.equal(said.length, 4);
    });
  }
});
