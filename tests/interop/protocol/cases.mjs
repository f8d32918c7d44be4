// Every case of both protocols, in Node and in browsers alike, one after the other.
import { peer } from './peer.mjs';
import { echoes } from './engine.mjs';
import { socketio } from './socketio.mjs';

export const SUITES = [
  { name: 'Engine.IO', path: '/engine.io/', cases: echoes },
  { name: 'Socket.IO', path: '/socket.io/', cases: socketio },
];

/** Milliseconds for a case; three heartbeats take one second by themselves. */
const limitOf = (title) => (title.startsWith('heartbeat') ? 5_000 : 2_000);

/** Plays one, and says what was wrong with it, or nothing. */
export async function playCase(title, play, url, path, WebSocket) {
  const limit = limitOf(title);
  const me = peer(url, path, WebSocket);
  let timer;
  const late = new Promise((_, reject) => (timer = setTimeout(() => reject(new Error(`not done after ${limit} ms`)), limit)));
  try {
    await Promise.race([play(me), late]);
  } catch (error) {
    return error.message || String(error);
  } finally {
    clearTimeout(timer);
    me.leave();
  }
}

/** Plays all; gives how many passed, and each failure by its name. */
export async function playAll(url, WebSocket) {
  const suites = [];
  for (const { name, path, cases } of SUITES) {
    const failures = [];
    for (const [title, play] of Object.entries(cases)) {
      const wrong = await playCase(title, play, url, path, WebSocket);
      if (wrong !== undefined) failures.push(`${name} / ${title}: ${wrong}`);
    }
    const total = Object.keys(cases).length;
    suites.push({ name, total, passed: total - failures.length, failures });
  }
  return suites;
}
