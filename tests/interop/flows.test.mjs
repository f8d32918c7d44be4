// The reference's three flows, exactly as its JavaScript is written, played by the stock client.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { io } from 'socket.io-client';
import { ask, client, joined, once, startServer, TRANSPORTS } from './parlance.mjs';

let server;
before(async () => (server = await startServer()));
after(async () => assert.equal((await server.stop()).code, 0, 'SIGTERM ends the server with exit code 0'));

for (const [way, transports] of Object.entries(TRANSPORTS)) {
  describe(way, () => {
    const connect = (jwtToken) =>
      io(server.url, { auth: { token: jwtToken }, forceNew: true, ...(transports ? { transports } : {}) });

    test('basic chat flow', async () => {
      const sessionId = await server.session('alice');
      const socket = connect(server.token('alice'));
      try {
        socket.on('connect', () => {
          socket.emit('join-session', { sessionId });
        });
        socket.on('session-joined', () => {
          socket.emit('chat:message', { content: 'Hello, Gemini!' });
        });
        let fullResponse = '';
        let last;
        socket.on('gemini:content', (data) => {
          fullResponse += data.text;
          last = data.accumulated;
        });
        const done = await once(socket, 'gemini:done');
        assert.ok(fullResponse.length > 0);
        assert.equal(fullResponse, done.fullResponse);
        assert.equal(last, done.fullResponse);
        assert.match(done.timestamp, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
      } finally {
        socket.disconnect();
      }
    });

    for (const [tool, call] of [
      ['that needs no approval', 'call: readFile {"path":"/workspace/file.txt"}'],
      ['that needs approval', `call: writeFile {"path":"/workspace/${way.length}.txt","content":"x"}`],
    ]) {
      test(`tool execution flow with a tool ${tool}`, async () => {
        const sessionId = await server.session('alice');
        const socket = connect(server.token('alice'));
        try {
          const seen = [];
          socket.onAny((event) => seen.push(event));
          socket.on('connect', () => socket.emit('join-session', { sessionId }));
          socket.on('session-joined', () => socket.emit('chat:message', { content: call }));
          socket.on('gemini:tool-request', (data) => {
            // Approve the tool
            socket.emit('tool:approve', { callId: data.callId });
          });
          const started = once(socket, 'tool:execution-start');
          const completed = once(socket, 'tool:execution-complete');
          const done = await once(socket, 'gemini:done');
          assert.ok((await started).name);
          assert.ok('result' in (await completed));
          assert.ok(done.fullResponse.length > 0);
          assert.ok(!seen.includes('error'), `no error may be seen: ${seen}`);
          const order = ['gemini:tool-request', 'tool:approved', 'tool:execution-start', 'tool:execution-complete', 'gemini:tool-result', 'gemini:done'];
          assert.deepEqual(seen.filter((event) => order.includes(event)), order);
        } finally {
          socket.disconnect();
        }
      });
    }

    test('monitoring flow', async () => {
      const sessionId = await server.session('alice');
      const socket = connect(server.token('root', 'admin'));
      await once(socket, 'connect');
      const alice = await joined(server, 'alice', sessionId, { transports });
      try {
        const stats = once(socket, 'monitoring:stats');
        socket.emit('monitoring:subscribe');
        const before = await stats;
        const sent = new Promise((resolve) => {
          socket.on('monitoring:event', (event) => {
            if (event.type === 'chat' && event.sessionId === sessionId && event.data.userMessage) {
              resolve(`User ${event.userId} sent: ${event.data.userMessage}`);
            }
          });
        });
        await ask(alice, 'chat:message', { content: 'say: seen by the admin' });
        assert.equal(await sent, 'User alice sent: say: seen by the admin');
        await alice.next('gemini:done');
        const later = once(socket, 'monitoring:stats');
        socket.emit('monitoring:get-stats');
        const after = await later;
        assert.ok(after.totalEvents > before.totalEvents);
        assert.ok(after.byType.chat >= 1 && after.byUser.alice >= 1);
      } finally {
        socket.disconnect();
        alice.disconnect();
      }
    });

    test('a bad token is a connect_error', async () => {
      const socket = connect('not.a.token');
      const error = await once(socket, 'connect_error');
      assert.equal(error.message, 'Authentication failed');
      assert.deepEqual(error.data, { code: 'authentication-failed' });
      socket.disconnect();
    });

    test('200 messages in order, unicode, and acknowledgements', async () => {
      const sessionId = await server.session('alice', 'bob');
      const alice = await joined(server, 'alice', sessionId, { transports });
      const bob = await joined(server, 'bob', sessionId, { transports });
      const answers = [];
      for (let number = 0; number < 200; number++) answers.push(ask(alice, 'chat:typing', { typing: number % 2 === 0 }));
      for (const answer of await Promise.all(answers)) assert.deepEqual(answer, { data: {} });
      await bob.next('chat:typing', undefined, 199);
      assert.deepEqual(
        bob.received.filter((entry) => entry.event === 'chat:typing').map((entry) => entry.data.typing),
        Array.from({ length: 200 }, (_, number) => number % 2 === 0),
      );
      await ask(alice, 'chat:message', { content: 'say: Grüße, 世界 🌍' });
      assert.equal((await bob.next('gemini:done')).fullResponse, 'Grüße, 世界 🌍');
      alice.disconnect();
      bob.disconnect();
    });
  });
}

test('a client whose connection is cut comes back and goes on', async () => {
  const sessionId = await server.session('alice');
  const alice = await joined(server, 'alice', sessionId);
  alice.io.engine.close(); // the engine goes, the manager reconnects
  await once(alice, 'connect');
  const answer = await ask(alice, 'join-session', { sessionId });
  assert.deepEqual(answer, { data: { sessionId } });
  await ask(alice, 'chat:message', { content: 'say: back again' });
  assert.equal((await alice.next('gemini:done')).fullResponse, 'back again');
  alice.disconnect();
});

test('what was sent while offline arrives after the reconnect', async () => {
  const sessionId = await server.session('alice');
  const alice = await joined(server, 'alice', sessionId);
  const closed = once(alice.io, 'close');
  alice.io.engine.close();
  await closed;
  alice.emit('join-session', { sessionId });
  alice.emit('chat:message', { content: 'say: buffered' });
  assert.equal((await alice.next('gemini:done')).fullResponse, 'buffered');
  alice.disconnect();
});

test('an admin broadcast reaches every engineer and nobody else', async () => {
  const admin = client(server.url, server.token('root', 'admin'));
  const engineer = client(server.url, server.token('eve'));
  await Promise.all([once(admin, 'connect'), once(engineer, 'connect')]);
  assert.deepEqual(await ask(admin, 'monitoring:broadcast', { message: 'Maintenance', type: 'warning' }), { data: {} });
  const told = await engineer.next('system:broadcast');
  assert.equal(told.message, 'Maintenance');
  assert.equal(told.type, 'warning');
  assert.equal(told.from, 'root');
  await ask(admin, 'monitoring:get-stats'); // a round trip: whatever was on the way has arrived
  assert.ok(!admin.names().includes('system:broadcast'));
  admin.disconnect();
  engineer.disconnect();
});
