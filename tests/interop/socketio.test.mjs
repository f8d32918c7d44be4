// The stock client against the wire alone: recovery, acknowledgements both ways, volatile events, namespaces.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { after, before, test } from 'node:test';
import { io } from 'socket.io-client';

const BIN = process.env.PARLANCE_RECOVERING_BIN;
if (!BIN) throw new Error('PARLANCE_RECOVERING_BIN must name the example `recovering`; `cargo xtask interop` sets it');

let server;
let url;
const open = [];

before(async () => {
  server = spawn(BIN, [], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(server.stdout, 'data');
  url = String(line).match(/http:\S+/)[0];
});

after(async () => {
  open.forEach((socket) => socket.disconnect());
  server.kill('SIGINT');
  await once(server, 'exit');
});

async function connect({ namespace = '/', transports = ['websocket'], ...options } = {}) {
  const socket = io(url + namespace, {
    transports, forceNew: true, reconnectionDelay: 20, reconnectionDelayMax: 40, timeout: 5000, ...options,
  });
  open.push(socket);
  const heard = [];
  socket.on('said', (...args) => heard.push(args[0]));
  socket.on('whispered', (...args) => heard.push(args[0]));
  await new Promise((resolve, reject) => socket.once('connect', resolve).once('connect_error', reject));
  return { socket, heard, ask: (...args) => socket.timeout(5000).emitWithAck(...args) };
}

/** Kills the TCP connection under a websocket; settles when the client knows. */
async function cut(socket) {
  const lost = new Promise((resolve) => socket.once('disconnect', resolve));
  socket.io.engine.transport.ws._socket.destroy();
  return lost;
}

const back = (socket) => new Promise((resolve) => socket.once('connect', resolve));

async function hears(heard, expected) {
  const end = Date.now() + 5000;
  while (heard.length < expected.length && Date.now() < end) await new Promise((next) => setImmediate(next));
  assert.deepEqual(heard, expected);
}

test('a killed connection comes back as the same socket with all it missed, again and again', async () => {
  const { socket, heard, ask } = await connect();
  const other = await connect();
  await ask('join', 'room');
  await ask('say', 0);
  const { id } = socket;
  const expected = [0];
  for (let round = 0; round < 3; round += 1) {
    const returned = back(socket);
    await cut(socket);
    for (let n = 0; n < 5; n += 1) {
      const value = `${round}.${n}`;
      await other.ask('say', value);
      expected.push(value);
    }
    await other.ask('say to', 'room');
    expected.push('room');
    await returned;
    assert.equal(socket.recovered, true);
    assert.equal(socket.id, id);
    await hears(heard, expected);
  }
  await other.ask('say', 'after');
  await hears(heard, [...expected, 'after']);
});

test('it comes back before it has heard anything', async () => {
  const { socket, heard } = await connect();
  const other = await connect();
  const { id } = socket;
  const returned = back(socket);
  await cut(socket);
  await other.ask('say', 'first');
  await returned;
  assert.deepEqual([socket.recovered, socket.id], [true, id]);
  await hears(heard, ['first']);
});

test('a volatile string does not break it', async () => {
  const { socket, heard, ask } = await connect();
  await ask('say', 1);
  await ask('whisper', 'a string');
  await hears(heard, [1, 'a string']);
  const returned = back(socket);
  await cut(socket);
  await returned;
  assert.equal(socket.recovered, true);
});

test('polling comes back as well', async () => {
  const { socket, heard, ask } = await connect({ transports: ['polling'] });
  const other = await connect();
  await ask('say', 1);
  const returned = back(socket);
  socket.io.engine.transport.onError('cut by the test');
  await other.ask('say', 2);
  await returned;
  assert.equal(socket.recovered, true);
  await hears(heard, [1, 2]);
});

test('who leaves begins anew', async () => {
  const { socket } = await connect();
  const { id } = socket;
  socket.disconnect();
  const returned = back(socket);
  socket.connect();
  await returned;
  assert.equal(socket.recovered, false);
  assert.notEqual(socket.id, id);
});

test('acknowledgements go both ways, with attachments', async () => {
  const { socket, ask } = await connect();
  socket.on('question', (value, answer) => answer({ value, bytes: Buffer.from([1, 2, 3]) }));
  assert.deepEqual(await ask('ask me', { a: 1 }), { value: { a: 1 }, bytes: Buffer.from([1, 2, 3]) });
  const binary = await ask('ask me', Buffer.from([9]));
  assert.deepEqual(binary.value, Buffer.from([9]));
  socket.off('question');
  assert.deepEqual(await ask('ask me', 1), { error: 'operation has timed out' });
});

test('a namespace of its own is asked under one id, and who is silent is missing', async () => {
  const namespace = '/rooms-7';
  const [a, b, c] = await Promise.all([1, 2, 3].map(() => connect({ namespace })));
  const elsewhere = await connect();
  elsewhere.socket.on('question', (_, answer) => answer('wrong'));
  a.socket.on('question', (n, answer) => answer(n + 1));
  b.socket.on('question', (n, answer) => answer(n + 1));
  assert.deepEqual(await c.ask('ask all', 1), { answers: ['2', '2'], missing: 1 });
  await assert.rejects(connect({ namespace: '/other' }), /Invalid namespace/);
});
