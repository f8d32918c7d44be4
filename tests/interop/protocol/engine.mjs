// What revision 4 of the Engine.IO protocol asks of a server. `shared` is what is also asked of a server of Socket.IO, on the
// path of that; `echoes` is what is asked of one that says every message back.
import { holds, same } from '../same.mjs';
import { apart, PING, RS } from './peer.mjs';

const KEYS = ['maxPayload', 'pingInterval', 'pingTimeout', 'sid', 'upgrades'];

function isHandshake(handshake, upgrades) {
  same('the keys of the handshake', Object.keys(handshake).sort(), KEYS);
  same('sid is a text', typeof handshake.sid, 'string');
  holds('sid is not empty', handshake.sid);
  const { pingInterval, pingTimeout, maxPayload } = handshake;
  same('its values', { pingInterval, pingTimeout, maxPayload, upgrades: handshake.upgrades }, {
    pingInterval: PING.interval, pingTimeout: PING.timeout, maxPayload: 1_000_000, upgrades,
  });
}

const without = (query) => Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined));

const handshakes = {
  'handshake / polling / opens a session': async (peer) => isHandshake(await peer.handshake(), ['websocket']),

  'handshake / polling / refuses an EIO that is none': async (peer) => {
    for (const EIO of [undefined, 'abc']) {
      same(`EIO=${EIO}`, (await peer.request(without({ transport: 'polling', EIO }))).status, 400);
    }
  },

  'handshake / polling / refuses a transport that is none': async (peer) => {
    for (const transport of [undefined, 'abc']) {
      same(`transport=${transport}`, (await peer.request(without({ EIO: '4', transport }))).status, 400);
    }
  },

  'handshake / polling / refuses other methods': async (peer) => {
    for (const method of ['POST', 'PUT']) {
      same(method, (await peer.request({ EIO: '4', transport: 'polling' }, { method })).status, 400);
    }
  },

  'handshake / websocket / opens a session': async (peer) => isHandshake((await peer.session()).handshake, []),

  'handshake / websocket / refuses an EIO that is none': async (peer) => {
    for (const EIO of [undefined, 'abc']) {
      const socket = peer.websocket(without({ transport: 'websocket', EIO }));
      await socket.closed;
      same(`frames for EIO=${EIO}`, socket.unread(), []);
    }
  },

  'handshake / websocket / refuses a transport that is none': async (peer) => {
    for (const transport of [undefined, 'abc']) {
      const socket = peer.websocket(without({ EIO: '4', transport }));
      await socket.closed;
      same(`frames for transport=${transport}`, socket.unread(), []);
    }
  },
};

const heartbeats = {
  'heartbeat / polling / pings, and takes pongs': async (peer) => {
    const { sid } = await peer.handshake();
    for (let beat = 0; beat < 3; beat++) {
      const { status, body } = await peer.poll(sid);
      same(`poll ${beat}`, [status, body], [200, '2']);
      same(`pong ${beat}`, (await peer.post(sid, '3')).status, 200);
    }
  },

  'heartbeat / polling / closes a session that does not pong': async (peer) => {
    const { sid } = await peer.handshake();
    await apart(PING.interval + PING.timeout);
    same('the poll after it', (await peer.poll(sid)).status, 400);
  },

  'heartbeat / websocket / pings, and takes pongs': async (peer) => {
    const socket = await peer.session();
    for (let beat = 0; beat < 3; beat++) {
      same(`ping ${beat}`, await socket.next(), '2');
      socket.send('3');
    }
  },

  'heartbeat / websocket / closes a session that does not pong': async (peer) => {
    const socket = await peer.session();
    const begin = performance.now();
    await socket.closed;
    holds('it was not closed before the time for a pong was over', performance.now() - begin > PING.interval);
    same('what came before', socket.unread(), ['2']);
  },
};

const closing = {
  'close / polling / ends the poll that is pending, and the session': async (peer) => {
    const { sid } = await peer.handshake();
    const [poll, post] = await Promise.all([peer.poll(sid), peer.post(sid, '1')]);
    same('the poll', [poll.status, poll.body], [200, '6']);
    same('the post', post.status, 200);
    same('the next poll', (await peer.poll(sid)).status, 400);
  },

  'close / websocket / ends the session': async (peer) => {
    const socket = await peer.session();
    socket.send('1');
    await socket.closed;
  },
};

/** The three upgrades; `works` shows that a websocket is still served. */
const upgrades = (works) => ({
  'upgrade / polling becomes websocket': async (peer) => {
    const { sid } = await peer.handshake();
    const socket = peer.websocket({ EIO: '4', transport: 'websocket', sid });
    await socket.opened;
    socket.send('2probe');
    same('the answer to the probe', await socket.next(), '3probe');
    const { status, body } = await peer.poll(sid);
    same('the poll that is released', [status, body], [200, '6']);
    socket.send('5');
    await works(socket);
  },

  'upgrade / requests of an upgraded session are refused': async (peer) => {
    const socket = await peer.upgraded();
    same('the poll', (await peer.poll(socket.sid)).status, 400);
    await works(socket);
  },

  'upgrade / a second websocket of a session is accepted, then closed': async (peer) => {
    const socket = await peer.upgraded();
    const second = peer.websocket({ EIO: '4', transport: 'websocket', sid: socket.sid });
    await second.opened;
    await second.closed;
    await works(socket);
  },
});

const messages = {
  'message / polling / a text': async (peer) => {
    const { sid } = await peer.handshake();
    const post = await peer.post(sid, '4hello');
    same('the post', [post.status, post.body], [200, 'ok']);
    const poll = await peer.poll(sid);
    same('the poll', [poll.status, poll.body], [200, '4hello']);
  },

  'message / polling / several texts': async (peer) => {
    const { sid } = await peer.handshake();
    const payload = ['4test1', '4test2', '4test3'].join(RS);
    const post = await peer.post(sid, payload);
    same('the post', [post.status, post.body], [200, 'ok']);
    const poll = await peer.poll(sid);
    same('the poll', [poll.status, poll.body], [200, payload]);
  },

  'message / polling / text and bytes': async (peer) => {
    const { sid } = await peer.handshake();
    const payload = ['4hello', 'bAQIDBA=='].join(RS);
    const post = await peer.post(sid, payload);
    same('the post', [post.status, post.body], [200, 'ok']);
    const poll = await peer.poll(sid);
    same('the poll', [poll.status, poll.body], [200, payload]);
  },

  'message / polling / closes a session upon what is no packet': async (peer) => {
    const { sid } = await peer.handshake();
    // The request may also be cut off.
    const post = await peer.post(sid, 'abc').catch(() => ({ status: 400 }));
    holds(`the post is answered by 200 or 400, not ${post.status}`, [200, 400].includes(post.status));
    same('the poll', (await peer.poll(sid)).status, 400);
  },

  'message / polling / closes a session upon a second poll': async (peer) => {
    const { sid } = await peer.handshake();
    const first = peer.poll(sid);
    await apart(5);
    const second = await peer.poll(sid);
    const { status, body } = await first;
    same('the first', [status, body], [200, '1']);
    holds(`the second is refused, not ${second.status}`, [400, 500].includes(second.status));
    same('the third', (await peer.poll(sid)).status, 400);
  },

  'message / polling / closes a session upon a poll that is cut off': async (peer) => {
    const { sid } = await peer.handshake();
    const cutting = new AbortController();
    const cut = peer.poll(sid, { signal: cutting.signal }).then(() => 'answered', (error) => error.name);
    await apart(5);
    cutting.abort();
    same('the poll', await cut, 'AbortError');
    same('the next', (await peer.poll(sid)).status, 400);
  },

  'message / websocket / a text': async (peer) => {
    const socket = await peer.session();
    socket.send('4hello');
    same('what comes back', await socket.next(), '4hello');
  },

  'message / websocket / bytes': async (peer) => {
    const socket = await peer.session();
    socket.send(Uint8Array.of(1, 2, 3, 4));
    same('what comes back', await socket.next(), Uint8Array.of(1, 2, 3, 4));
  },

  'message / websocket / closes a session upon what is no packet': async (peer) => {
    const socket = await peer.session();
    const begin = performance.now();
    socket.send('abc');
    await socket.closed;
    holds('that was the packet, not the missing pong', performance.now() - begin < PING.interval);
    same('what came before', socket.unread(), []);
  },
};

const echoed = async (socket) => {
  socket.send('4hello');
  same('what comes back', await socket.next(), '4hello');
};

export const echoes = { ...handshakes, ...messages, ...heartbeats, ...closing, ...upgrades(echoed) };
export const shared = (works) => ({ ...handshakes, ...heartbeats, ...closing, ...upgrades(works) });
