// Stock clients of `examples/tally` that are asked by the server, and answer: typed on one side, a callback on the other.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { io } from 'socket.io-client';
import { startTally } from './tally.mjs';

let tally;

before(async () => {
  tally = await startTally();
});

after(() => tally.stop());

const TRANSPORTS = { websocket: ['websocket'], polling: ['polling'], upgrade: ['polling', 'websocket'] };

for (const [name, transports] of Object.entries(TRANSPORTS)) {
  test(`hands are counted, and those that say nothing or nonsense (${name})`, { timeout: 30_000 }, async () => {
    const board = `hands-${name}`;
    const client = (token) => io(tally.url, { auth: { token }, forceNew: true, transports });
    const sockets = ['cho:chair', 'ann:voter', 'ben:voter', 'dan:voter', 'eve:voter'].map(client);
    const [cho, ann, ben, dan, eve] = sockets;
    try {
      const asked = [];
      const answer = (socket, word) =>
        socket.on('raise-hand', ({ question }, reply) => {
          asked.push(question);
          if (word !== undefined) reply(...word);
        });
      answer(cho, [true]);
      answer(ann, [false]);
      answer(ben, [true]);
      answer(dan, ['maybe']);
      answer(eve, undefined);
      for (const socket of sockets) await socket.emitWithAck('open-board', { board });
      const hands = await cho.emitWithAck('show-hands', { question: 'Soup again?' });
      assert.deepEqual(hands, { for: 2, against: 1, silent: 2 });
      assert.deepEqual(asked, Array(5).fill('Soup again?'));
      const denied = await ann.emitWithAck('show-hands', { question: 'Me too?' });
      assert.equal(denied.error.code, 'access-denied');
    } finally {
      for (const socket of sockets) socket.close();
    }
  });
}
