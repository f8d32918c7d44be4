// The servers that the cases of the stock client need, by number: a page in a browser starts and stops them by request.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { connect, createServer } from 'node:net';

const SLOW = ['--ping-interval', '25000', '--ping-timeout', '20000'];
const KINDS = {
  // Heartbeats are slow unless they are what is looked at, so that a busy machine changes nothing.
  echo: ['PARLANCE_ECHO_BIN', ['--port', '0', ...SLOW]],
  beating: ['PARLANCE_ECHO_BIN', ['--port', '0', '--ping-interval', '150', '--ping-timeout', '5000']],
  // What the suites of the protocols are written for.
  strict: ['PARLANCE_ECHO_BIN', ['--port', '0', '--ping-interval', '300', '--ping-timeout', '200', '--connect-timeout', '1400']],
  recovering: ['PARLANCE_RECOVERING_BIN', []],
};

const listening = (server) => new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server.address().port)));

/** Hands connections on until it is told to cut them, and then takes none until it is told to mend. */
async function cable(port) {
  const ends = new Set();
  let isCut = false;
  const server = createServer((near) => {
    if (isCut) return near.destroy();
    const far = connect(port, '127.0.0.1');
    near.pipe(far).pipe(near);
    for (const [one, other] of [[near, far], [far, near]]) {
      ends.add(one);
      one.on('error', () => {});
      one.on('close', () => (ends.delete(one), other.destroy()));
    }
  });
  const url = `http://127.0.0.1:${await listening(server)}`;
  const cut = () => {
    isCut = true;
    // With a reset, as when a machine is gone. One that has been ended, or is not there yet, cannot be reset: Node would
    // then keep it for ever.
    for (const end of ends) end.connecting || end.writableEnded ? end.destroy() : end.resetAndDestroy();
  };
  return { url, cut, mend: () => (isCut = false), close: () => (cut(), server.close()) };
}

async function start(kind) {
  const [variable, args] = KINDS[kind];
  const binary = process.env[variable];
  if (!binary) throw new Error(`${variable} must name a binary; \`cargo xtask interop\` sets it`);
  const child = spawn(binary, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = new Promise((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })));
  const port = await new Promise((resolve, reject) => {
    let said = '';
    child.stdout.on('data', (chunk) => {
      const found = (said += chunk).match(/http:\/\/127\.0\.0\.1:(\d+)\s/);
      if (found) resolve(Number(found[1]));
    });
    child.once('error', reject);
    exited.then(() => reject(new Error(`${kind} ended before it said where it listens`)));
  });
  return { child, exited, direct: `http://127.0.0.1:${port}`, cable: await cable(port) };
}

/** What a case can ask for. */
export function control() {
  const servers = [];
  return {
    /** `url` goes through a cable that can be cut, `direct` does not. */
    async start(kind) {
      const server = await start(kind);
      const id = servers.push(server) - 1;
      return { id, url: server.cable.url, direct: server.direct };
    },
    cut: async (id) => servers[id].cable.cut(),
    mend: async (id) => void servers[id].cable.mend(),
    /** Ctrl-C; it must end by itself, and well. */
    async stop(id) {
      const { child, exited, cable } = servers[id];
      child.kill('SIGINT');
      assert.deepEqual(await exited, { code: 0, signal: null }, 'Ctrl-C ends it with exit code 0');
      cable.close();
    },
    async kill(id) {
      const { child, exited, cable } = servers[id];
      child.kill('SIGKILL');
      await exited;
      cable.close();
    },
    async end() {
      for (const { child, exited, cable } of servers) {
        child.kill('SIGKILL');
        await exited;
        cable.close();
      }
    },
  };
}
