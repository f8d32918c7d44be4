// Every case of the stock client in Node, in its three ways of travelling.
import { after, before, describe, test } from 'node:test';
import { io } from 'socket.io-client';
import { CASES, play, WAYS } from './cases.mjs';
import { control } from './control.mjs';

const servers = control();
let echo;
before(async () => (echo = await servers.start('echo')));
after(async () => {
  await servers.stop(echo.id);
  await servers.end();
});

for (const [way, transports] of Object.entries(WAYS)) {
  describe(way, () => {
    for (const title of Object.keys(CASES)) {
      test(title, { timeout: 30_000 }, () => play(title, { io, transports, control: servers, echo: echo.url }));
    }
  });
}
