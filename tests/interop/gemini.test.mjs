// The real Gemini client against somebody else's Gemini endpoint (@copilotkit/aimock), seen through a stock client.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { LLMock } from '@copilotkit/aimock';
import { ask, joined, startServer } from './parlance.mjs';

let mock;
let server;
before(async () => {
  mock = new LLMock({ port: 0 });
  mock.onMessage('plain text', { content: 'Streaming from a stranger, piece by piece.' }, { chunkSize: 7 });
  mock.onMessage('with thoughts', { content: 'After some thought: 42.', reasoning: '**Counting** It must be forty-two.' });
  for (const name of ['writeFile', 'readFile']) {
    const args = name === 'writeFile' ? { path: '/workspace/from-mock.txt', content: 'written' } : { path: '/workspace/file.txt' };
    mock.on({ userMessage: `please ${name}`, hasToolResult: true }, { content: `${name} has answered.` });
    mock.on({ userMessage: `please ${name}`, hasToolResult: false }, { toolCalls: [{ name, arguments: JSON.stringify(args) }] });
  }
  mock.on({ userMessage: 'limited once', sequenceIndex: 0 }, { error: { message: 'Slow down', type: 'RESOURCE_EXHAUSTED' }, status: 429, retryAfter: 1 });
  mock.on({ userMessage: 'limited once', sequenceIndex: 1 }, { content: 'Now there is room.' });
  mock.onMessage('always broken', { error: { message: 'Internal trouble', type: 'INTERNAL' }, status: 500 });
  mock.onMessage('cut in the middle', { content: 'This sentence will never be finished, whatever one does.' }, { chunkSize: 5, latency: 30, truncateAfterChunks: 4 });
  await mock.start();
  server = await startServer({ env: { GEMINI_API_KEY: 'mock', GEMINI_BASE_URL: mock.url, GEMINI_MODEL: 'gemini-2.5-flash' } });
});
after(async () => {
  await server?.stop();
  await mock.stop();
});

async function chat(content, prepare = () => {}) {
  const sessionId = await server.session('alice', 'bob');
  const alice = await joined(server, 'alice', sessionId);
  await prepare(alice, sessionId);
  assert.deepEqual(await ask(alice, 'chat:message', { content }), { data: {} });
  return alice;
}

describe('through @copilotkit/aimock', () => {
  test('streaming text', async () => {
    const alice = await chat('plain text');
    const done = await alice.next('gemini:done');
    assert.equal(done.fullResponse, 'Streaming from a stranger, piece by piece.');
    assert.ok(alice.names().filter((name) => name === 'gemini:content').length >= 2, 'it came in pieces');
    alice.disconnect();
  });

  test('thoughts', async () => {
    const alice = await chat('with thoughts');
    assert.equal((await alice.next('gemini:done')).fullResponse, 'After some thought: 42.');
    const thought = alice.received.filter((entry) => entry.event === 'gemini:thought');
    assert.ok(thought.length >= 1);
    assert.match(thought.map(({ data }) => data.summary + data.thought).join(''), /Counting.*forty-two/s);
    alice.disconnect();
  });

  test('a function call that needs approval', async () => {
    const alice = await chat('please writeFile', (socket) =>
      socket.on('gemini:tool-request', ({ callId }) => socket.emit('tool:approve', { callId })));
    assert.equal((await alice.next('gemini:done')).fullResponse, 'writeFile has answered.');
    assert.equal((await alice.next('tool:approved')).approvedBy, 'alice');
    await alice.next('tool:execution-complete', (data) => data.name === 'writeFile');
    alice.disconnect();
  });

  test('a function call that needs none', async () => {
    const alice = await chat('please readFile');
    assert.equal((await alice.next('gemini:done')).fullResponse, 'readFile has answered.');
    assert.equal((await alice.next('tool:approved')).approvedBy, 'policy');
    alice.disconnect();
  });

  test('a 429 is waited out and tried again', async () => {
    const alice = await chat('limited once');
    assert.equal((await alice.next('gemini:done')).fullResponse, 'Now there is room.');
    alice.disconnect();
  });

  test('a lasting 500 becomes gemini:error and the session goes on', async () => {
    const alice = await chat('always broken');
    const { error } = await alice.next('gemini:error');
    assert.ok(error.length > 0 && !error.includes('mock'), error);
    await ask(alice, 'chat:message', { content: 'plain text' });
    assert.equal((await alice.next('gemini:done')).fullResponse, 'Streaming from a stranger, piece by piece.');
    alice.disconnect();
  });

  test('a stream cut in the middle keeps what was said and says so', async () => {
    const alice = await chat('cut in the middle');
    await alice.next('gemini:error');
    const said = alice.received.filter((entry) => entry.event === 'gemini:content').at(-1)?.data.accumulated;
    assert.ok(said && 'This sentence will never be finished, whatever one does.'.startsWith(said));
    const { data } = await ask(alice, 'chat:get-history');
    const last = data.history.at(-1);
    assert.equal(last.role, 'model');
    assert.equal(last.partial, true);
    assert.equal(last.parts.map((part) => part.text ?? '').join(''), said);
    alice.disconnect();
  });
});
