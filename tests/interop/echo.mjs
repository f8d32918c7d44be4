// Starts the release `echo` example on a free port.
import { spawn } from 'node:child_process';
import { once } from './parlance.mjs';

const BIN = process.env.PARLANCE_ECHO_BIN;
if (!BIN) throw new Error('PARLANCE_ECHO_BIN must name the echo binary; `cargo xtask interop` sets it');

/** Heartbeats are slow unless asked for, so that a busy machine changes nothing. */
export async function startEcho({ interval = 25_000, timeout = 20_000, flags = [] } = {}) {
  const args = ['--port', '0', '--ping-interval', interval, '--ping-timeout', timeout, ...flags].map(String);
  const child = spawn(BIN, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = new Promise((resolve, reject) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
    child.once('error', reject);
  });
  const url = `${await once(child.stdout, 'data')}`.match(/http:\/\/127\.0\.0\.1:\d+/)?.[0];
  if (!url) throw new Error('echo did not say where it listens');
  return {
    url,
    async stop() {
      child.kill('SIGINT');
      return exited;
    },
    kill: () => child.kill('SIGKILL'),
  };
}
