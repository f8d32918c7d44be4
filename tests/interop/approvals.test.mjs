// The reference's tool flow approves every request it sees: late, twice, and from whoever is there.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ask, joined, startServer } from './parlance.mjs';

let server;
before(async () => (server = await startServer()));
after(() => server.stop());

const write = 'call: writeFile {"path":"/workspace/approved.txt","content":"yes"}';

async function two() {
  const sessionId = await server.session('alice', 'bob');
  return [await joined(server, 'alice', sessionId), await joined(server, 'bob', sessionId), sessionId];
}

test('twice: the second approval is acknowledged and changes nothing', async () => {
  const [alice, bob] = await two();
  await ask(alice, 'chat:message', { content: write });
  const { callId } = await alice.next('gemini:tool-request');
  assert.deepEqual(await ask(alice, 'tool:approve', { callId }), { data: {} });
  assert.deepEqual(await ask(alice, 'tool:approve', { callId }), { data: {} });
  await alice.next('gemini:done');
  assert.deepEqual(await ask(alice, 'tool:approve', { callId }), { data: {} }, 'even after the answer has ended');
  assert.equal(bob.names().filter((name) => name === 'tool:approved').length, 1);
  assert.equal(bob.names().filter((name) => name === 'tool:execution-start').length, 1);
  alice.disconnect();
  bob.disconnect();
});

test('from another member', async () => {
  const [alice, bob] = await two();
  await ask(alice, 'chat:message', { content: write });
  const { callId } = await bob.next('gemini:tool-request');
  assert.deepEqual(await ask(bob, 'tool:approve', { callId }), { data: {} });
  assert.equal((await alice.next('tool:approved')).approvedBy, 'bob');
  await alice.next('gemini:done');
  alice.disconnect();
  bob.disconnect();
});

test('late: the asker has gone, a member who joins later sees the request and approves it', async () => {
  const [alice, bob, sessionId] = await two();
  bob.disconnect();
  await ask(alice, 'chat:message', { content: write });
  const { callId } = await alice.next('gemini:tool-request');
  alice.disconnect();
  const late = await joined(server, 'bob', sessionId);
  assert.equal((await late.next('gemini:tool-request')).callId, callId);
  await ask(late, 'tool:approve', { callId });
  await late.next('gemini:done');
  late.disconnect();
});

test('rejected: the model is told why and goes on', async () => {
  const [alice, bob] = await two();
  await ask(alice, 'chat:message', { content: write });
  const { callId } = await alice.next('gemini:tool-request');
  assert.deepEqual(await ask(bob, 'tool:reject', { callId, reason: 'Security concern' }), { data: {} });
  const rejected = await alice.next('tool:rejected');
  assert.deepEqual([rejected.rejectedBy, rejected.reason, rejected.callId], ['bob', 'Security concern', callId]);
  assert.match((await alice.next('gemini:done')).fullResponse, /Security concern/);
  assert.ok(!alice.names().includes('tool:execution-start'));
  alice.disconnect();
  bob.disconnect();
});

test('by hand: the reference\'s own example', async () => {
  const [alice, bob] = await two();
  const answer = await ask(alice, 'tool:execute', { name: 'readFile', args: { path: '/workspace/file.txt' }, callId: 'optional-call-id' });
  assert.ok(answer.data, JSON.stringify(answer));
  const complete = await bob.next('tool:execution-complete');
  assert.equal(complete.callId, 'optional-call-id');
  assert.equal(complete.name, 'readFile');
  assert.match(JSON.stringify(complete.result), /Hello from the workspace/);
  assert.ok(Number.isInteger(complete.executionTime));
  alice.disconnect();
  bob.disconnect();
});
