// A server of `examples/tally` for a file of tests.
import { spawn } from 'node:child_process';

const BIN = process.env.PARLANCE_TALLY_BIN;

/** Starts one at a port of its own. */
export async function startTally() {
  const tally = spawn(BIN, ['127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await new Promise((resolve, reject) => {
    tally.stdout.on('data', (chunk) => {
      const found = String(chunk).match(/http:\/\/\S+/);
      if (found) resolve(found[0]);
    });
    tally.once('error', reject);
    tally.once('exit', () => reject(new Error('tally ended before it served')));
  });
  return { url, stop: () => tally.kill() };
}
