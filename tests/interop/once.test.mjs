// A stock client with `retries` against `examples/tally`, behind a proxy that loses answers: each vote counts once.
import assert from 'node:assert/strict';
import net from 'node:net';
import { after, before, test } from 'node:test';
import { io } from 'socket.io-client';
import { startTally } from './tally.mjs';

let tally;
let url;

before(async () => {
  tally = await startTally();
  url = tally.url;
});

after(() => tally.stop());

/** Between client and server; while it is mute, nothing comes back. */
async function proxy() {
  const pairs = new Set();
  const state = { mute: false };
  const server = net.createServer((client) => {
    const behind = net.connect(new URL(url).port, '127.0.0.1');
    const pair = { client, behind };
    pairs.add(pair);
    const end = () => {
      client.destroy();
      behind.destroy();
      pairs.delete(pair);
    };
    client.on('data', (data) => behind.write(data));
    behind.on('data', (data) => state.mute || client.write(data));
    for (const one of [client, behind]) one.on('close', end).on('error', end);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  state.url = `http://127.0.0.1:${server.address().port}`;
  state.cut = () => pairs.forEach(({ client }) => client.destroy());
  state.close = () => {
    state.cut();
    server.close();
  };
  return state;
}

/** Resolves when `event` has fired so often. */
const times = (socket, event, count) =>
  new Promise((resolve) => {
    const seen = [];
    socket.on(event, (data) => seen.push(data) === count && resolve(seen));
  });

const options = { forceNew: true, retries: 50, ackTimeout: 150, reconnectionDelay: 50, reconnectionDelayMax: 100 };

for (const [name, transports] of [['websocket', ['websocket']], ['polling', ['polling']]]) {
  test(`a vote whose answer is lost, and then its connection, counts once (${name})`, { timeout: 30_000 }, async () => {
    const between = await proxy();
    const board = `once-${name}`;
    const watcher = io(url, { auth: { token: 'wat:voter' }, forceNew: true, transports });
    const ann = io(between.url, { auth: { token: 'ann:voter' }, transports, ...options });
    try {
      const counted = times(watcher, 'counted', 1);
      await watcher.emitWithAck('open-board', { board });
      assert.deepEqual((await ann.emitWithAck('open-board', { board })).data.counts, {});
      between.mute = true;
      const votes = [1, 2, 3].map((id) => ann.emitWithAck('vote', { choice: 'soup', id: `${name}-${id}` }));
      // The server has got the first and has answered, and the client will not know.
      assert.deepEqual(await counted, [{ choice: 'soup', count: 1 }]);
      const back = times(ann, 'connect', 1);
      between.cut();
      between.mute = false;
      assert.deepEqual(await votes[0], { data: {} });
      await back;
      // Those behind it are of a connection that is at no board: they had not been sent, and are refused by name.
      for (const vote of votes.slice(1)) assert.equal((await vote).error.code, 'no-board-open');
      // What was refused before it was handled may be sent again.
      await ann.emitWithAck('open-board', { board });
      const more = times(watcher, 'counted', 2);
      for (const id of [1, 2, 2, 3, 3, 1]) await ann.emitWithAck('vote', { choice: 'soup', id: `${name}-${id}` });
      assert.deepEqual((await more).map(({ count }) => count), [2, 3]);
      const { counts } = (await watcher.emitWithAck('open-board', { board })).data;
      assert.deepEqual(counts, { soup: 3 });
    } finally {
      ann.close();
      watcher.close();
      between.close();
    }
  });
}
