// Starts the real server binary and gives what a user of it has: a URL, tokens, sessions, stock clients.
import { spawn, execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { io } from 'socket.io-client';

const BIN = process.env.PARLANCE_BIN;
if (!BIN) throw new Error('PARLANCE_BIN must name the server binary; `cargo xtask interop` sets it');

/** The three ways a stock client travels. */
export const TRANSPORTS = {
  'polling, then upgrade (the default)': undefined,
  'websocket alone': ['websocket'],
  'polling alone': ['polling'],
};

/** Runs `parlance` on a free port with a data folder of its own. */
export async function startServer({ env = {}, flags = [], data, port = 0 } = {}) {
  const folder = data ?? mkdtempSync(join(tmpdir(), 'parlance-interop-'));
  const workspace = join(folder, 'workspace');
  mkdirSync(workspace, { recursive: true });
  writeFileSync(join(workspace, 'file.txt'), 'Hello from the workspace.\n');
  const secret = env.PARLANCE_JWT_SECRET ?? randomBytes(32).toString('hex');
  const environment = { PATH: process.env.PATH, PARLANCE_JWT_SECRET: secret, NO_COLOR: '1', ...env };
  const args = ['serve', '--listen', `127.0.0.1:${port}`, '--data', folder, '--workspace', workspace, ...flags];
  const child = spawn(BIN, args, { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const exited = new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
    child.once('error', (error) => resolve({ error: error.message }));
  });
  const url = await new Promise((resolve, reject) => {
    const watch = (chunk) => {
      output += chunk;
      const found = output.match(/http:\/\/127\.0\.0\.1:(\d+)/);
      if (found) resolve(found[0]);
    };
    child.stdout.on('data', watch);
    child.stderr.on('data', (chunk) => (output += chunk));
    exited.then((end) => reject(new Error(`the server ended before it served: ${JSON.stringify(end)}\n${output}`)));
  });
  await until(async () => (await fetch(`${url}/healthz`)).status === 200, 'healthz answers 200');
  const server = {
    url,
    folder,
    secret,
    exited,
    output: () => output,
    token: (user, role = 'engineer') =>
      execFileSync(BIN, ['token', '--user', user, '--role', role, '--data', folder], { env: environment }).toString().trim(),
    async session(owner, ...members) {
      const answer = await fetch(`${url}/api/sessions`, {
        method: 'POST',
        headers: { authorization: `Bearer ${server.token(owner)}`, 'content-type': 'application/json' },
        body: JSON.stringify({ members }),
      });
      if (answer.status !== 201) throw new Error(`POST /api/sessions answered ${answer.status}: ${await answer.text()}`);
      return (await answer.json()).id;
    },
    kill: (signal) => child.kill(signal),
    async stop() {
      child.kill('SIGTERM');
      const end = await exited;
      if (!data) rmSync(folder, { recursive: true, force: true });
      return end;
    },
  };
  return server;
}

/** A stock client that remembers everything it received, and can wait for it. */
export function client(url, token, { transports, ...options } = {}) {
  const socket = io(url, { auth: { token }, forceNew: true, reconnectionDelay: 100, reconnectionDelayMax: 300, ...(transports ? { transports } : {}), ...options });
  const received = [];
  const waiting = [];
  socket.onAny((event, data) => {
    received.push({ event, data });
    for (const wait of [...waiting]) wait();
  });
  socket.received = received;
  socket.names = () => received.map((entry) => entry.event);
  /** Resolves with the payload of the next `event` that fits, from `from` on. */
  socket.next = (event, fits = () => true, from = 0) =>
    new Promise((resolve, reject) => {
      const look = () => {
        const at = received.findIndex((entry, index) => index >= from && entry.event === event && fits(entry.data));
        if (at < 0) return;
        clearTimeout(timer);
        waiting.splice(waiting.indexOf(look), 1);
        resolve(received[at].data);
      };
      const timer = setTimeout(() => reject(new Error(`no ${event} within 10 s; received: ${JSON.stringify(received).slice(0, 4000)}`)), 10_000);
      waiting.push(look);
      look();
    });
  socket.connected_ = () => once(socket, 'connect');
  return socket;
}

/** The first time `event` fires. */
export function once(emitter, event, milliseconds = 10_000) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no ${event} within ${milliseconds} ms`)), milliseconds);
    emitter.once(event, (...args) => {
      clearTimeout(timer);
      resolve(args[0]);
    });
  });
}

/** Emits and waits for the acknowledgement. */
export const ask = (socket, event, ...payload) => socket.timeout(10_000).emitWithAck(event, ...payload);

/** Connects and joins. */
export async function joined(server, user, session, options) {
  const socket = client(server.url, server.token(user), options);
  await once(socket, 'connect');
  const answer = await ask(socket, 'join-session', { sessionId: session });
  if (answer.error) throw new Error(`join-session was refused: ${JSON.stringify(answer)}`);
  return socket;
}

async function until(holds, what) {
  const end = Date.now() + 10_000;
  for (;;) {
    if (await holds().catch(() => false)) return;
    if (Date.now() > end) throw new Error(`never: ${what}`);
  }
}
