// Bad input from a stock client and from a raw websocket: each gets the refusal the spec names.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { WebSocket } from 'ws';
import { ask, client, joined, once, startServer } from './parlance.mjs';

let server;
before(async () => (server = await startServer()));
after(() => server.stop());

/** The refusal arrives twice over, and the connection lives. */
async function refused(socket, event, payload, code, message) {
  const from = socket.received.length;
  const answer = await ask(socket, event, ...payload);
  assert.equal(answer.error?.code, code, JSON.stringify(answer));
  assert.equal(answer.error.message, message);
  assert.equal(answer.error.event, event);
  assert.deepEqual(await socket.next('error', undefined, from), answer.error);
  assert.ok(socket.connected);
  return answer.error;
}

describe('refusals', () => {
  test('each by event and acknowledgement, and the connection lives', async () => {
    const sessionId = await server.session('alice');
    const foreign = await server.session('mallory');
    const socket = client(server.url, server.token('alice'));
    await once(socket, 'connect');
    await refused(socket, 'no-such-event', [{}], 'unknown-event', 'Unknown event');
    await refused(socket, 'chat:message', [{ content: 'x' }], 'no-session-joined', 'No session joined');
    await refused(socket, 'join-session', [{ sessionId: 'session_0_none' }], 'session-not-found', 'Session not found');
    await refused(socket, 'join-session', [{ sessionId: foreign }], 'session-not-found', 'Session not found');
    await refused(socket, 'monitoring:subscribe', [], 'access-denied', 'Access denied');
    await ask(socket, 'join-session', { sessionId });
    const missing = await refused(socket, 'chat:message', [{}], 'invalid-message-format', 'Invalid message format');
    assert.equal(missing.details.path, 'content');
    const mistyped = await refused(socket, 'chat:message', [{ content: 5 }], 'invalid-message-format', 'Invalid message format');
    assert.equal(mistyped.details.path, 'content');
    assert.ok(mistyped.details.expected && mistyped.details.got);
    await refused(socket, 'chat:message', ['just text'], 'invalid-message-format', 'Invalid message format');
    await refused(socket, 'tool:approve', [{ callId: 'call_nobody_made' }], 'unknown-call', 'Unknown tool call');
    assert.deepEqual(await ask(socket, 'chat:cancel'), { data: {} });
    socket.disconnect();
  });

  test('a malformed packet ends that connection and no other', async () => {
    const sessionId = await server.session('alice');
    const witness = await joined(server, 'alice', sessionId);
    for (const garbage of ['4abc', '42{}', '42[]', '42abc["x"]', 'x', '49["x"]', '451000000-["x"]']) {
      const raw = await rawConnected(server);
      raw.send(garbage);
      await closed(raw);
    }
    assert.ok((await ask(witness, 'chat:get-history')).data.history);
    witness.disconnect();
  });

  test('an oversized frame ends that connection with 1009', async () => {
    const raw = await rawConnected(server);
    raw.send(`42["chat:message",{"content":"${'x'.repeat(1_000_001)}"}]`);
    assert.equal(await closed(raw), 1009);
    assert.equal((await fetch(`${server.url}/healthz`)).status, 200);
  });

  test('expired and foreign tokens do not connect', async () => {
    const expired = sign(server.secret, { sub: 'alice', role: 'engineer', exp: Math.floor(Date.now() / 1000) - 3600 });
    const forged = sign('0'.repeat(64), { sub: 'alice', role: 'engineer', exp: Math.floor(Date.now() / 1000) + 3600 });
    const none = `${encode({ alg: 'none' })}.${encode({ sub: 'a', exp: 4e9 })}.`;
    for (const token of [expired, forged, none, '', undefined]) {
      const socket = client(server.url, token, { transports: ['websocket'] });
      assert.equal((await once(socket, 'connect_error')).message, 'Authentication failed');
      socket.disconnect();
    }
  });

  test('the server wrote one line for each refusal', () => {
    const lines = server.output().split('\n').filter((line) => line.includes('unknown-event') && line.includes('no-such-event'));
    assert.equal(lines.length, 1, server.output());
  });
});

async function rawConnected(server) {
  const raw = new WebSocket(`${server.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`);
  await new Promise((resolve, reject) => raw.once('open', resolve).once('error', reject));
  raw.send(`40${JSON.stringify({ token: server.token('alice') })}`);
  await new Promise((resolve) => raw.on('message', (data) => String(data).startsWith('40') && resolve()));
  return raw;
}

const closed = (raw) => new Promise((resolve, reject) => {
  setTimeout(() => reject(new Error('the connection is still open after 5 s')), 5_000).unref();
  raw.once('close', resolve);
});

import { createHmac } from 'node:crypto';
const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
function sign(secret, claims) {
  const body = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`;
  return `${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`;
}
