// kill -9 in the middle of an answer: nothing that was acknowledged is missing afterwards.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { ask, joined, startServer } from './parlance.mjs';

test('kill -9 during a stream', async () => {
  const data = mkdtempSync(join(tmpdir(), 'parlance-restart-'));
  const env = { PARLANCE_JWT_SECRET: 'a secret that is long enough for HS256, and stays' };
  try {
    const first = await startServer({ data, env });
    const sessionId = await first.session('alice');
    const alice = await joined(first, 'alice', sessionId, { reconnection: false });
    await ask(alice, 'chat:message', { content: 'say: settled before' });
    const settled = await alice.next('gemini:done');
    const acknowledged = await ask(alice, 'chat:message', { content: 'slow: 50\nlong: 20000' });
    assert.deepEqual(acknowledged, { data: {} });
    await alice.next('gemini:content', (content) => content.accumulated !== settled.fullResponse);
    first.kill('SIGKILL');
    assert.equal((await first.exited).signal, 'SIGKILL');

    const second = await startServer({ data, env });
    const again = await joined(second, 'alice', sessionId);
    const { history } = (await ask(again, 'chat:get-history')).data;
    const texts = history.map((turn) => turn.parts.map((part) => part.text ?? '').join(''));
    assert.deepEqual(texts.slice(0, 3), ['say: settled before', 'settled before', 'slow: 50\nlong: 20000']);
    await ask(again, 'chat:message', { content: 'say: alive again' });
    assert.equal((await again.next('gemini:done')).fullResponse, 'alive again');
    again.disconnect();
    assert.equal((await second.stop()).code, 0);
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
});
