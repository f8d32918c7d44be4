// What revision 5 of the Socket.IO protocol asks of a server that has the events of `examples/echo`.
import { holds, same } from '../same.mjs';
import { shared } from './engine.mjs';
import { PING } from './peer.mjs';

/** Joins `/` on a websocket that has just become one. */
async function joins(socket) {
  socket.send('40');
  holds('CONNECT is answered', (await socket.next()).startsWith('40{"sid":"'));
  same('the greeting', await socket.next(), '42["auth",{}]');
}

async function joined(peer) {
  const socket = await peer.session();
  await joins(socket);
  return socket;
}

/** CONNECT, its answer, which names nothing but an id, and the event after it. */
async function connects(peer, packet, answer, greeting) {
  const socket = await peer.session();
  socket.send(packet);
  const got = await socket.next();
  same('the answer', got.slice(0, answer.length), answer);
  const { sid, ...more } = JSON.parse(got.slice(answer.length));
  holds('its id is a text', typeof sid === 'string' && sid.length > 0);
  same('what else it says', more, {});
  same('the event after it', await socket.next(), greeting);
}

/** The connection must be closed for what was sent, not for a pong that is missing. */
async function isClosedFor(socket, packet) {
  const begin = performance.now();
  socket.send(packet);
  await socket.closed;
  holds('that was the packet, not the missing pong', performance.now() - begin < PING.interval);
  same('what came before', socket.unread(), []);
}

/** The next frame that is no ping. */
async function message(socket) {
  for (;;) {
    const frame = await socket.next();
    if (frame !== '2') return frame;
    socket.send('3');
  }
}

const BYTES = [Uint8Array.of(1, 2, 3), Uint8Array.of(4, 5, 6)];
const PLACES = '{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}';

async function sendsBytes(socket, header) {
  socket.send(header);
  for (const bytes of BYTES) socket.send(bytes);
}

async function getsBytes(socket, header) {
  same('the header', await message(socket), header);
  for (const bytes of BYTES) same('an attachment', await message(socket), bytes);
}

const packets = {
  'connect / the main namespace': (peer) => connects(peer, '40', '40', '42["auth",{}]'),
  'connect / the main namespace, with a payload': (peer) =>
    connects(peer, '40{"token":"123"}', '40', '42["auth",{"token":"123"}]'),
  'connect / another namespace': (peer) => connects(peer, '40/custom,', '40/custom,', '42/custom,["auth",{}]'),
  'connect / another namespace, with a payload': (peer) =>
    connects(peer, '40/custom,{"token":"abc"}', '40/custom,', '42/custom,["auth",{"token":"abc"}]'),

  'connect / refuses a namespace that is none': async (peer) => {
    const socket = await peer.session();
    socket.send('40/random');
    same('the answer', await socket.next(), '44/random,{"message":"Invalid namespace"}');
  },

  'connect / closes upon what is no packet': async (peer) => isClosedFor(await peer.session(), '4abc'),

  'connect / closes when nothing is joined': async (peer) => {
    const socket = await peer.session();
    const begin = performance.now();
    for (let open = true; open; ) {
      open = await Promise.race([socket.next().then((frame) => frame === '2'), socket.closed.then(() => false)]).catch(() => false);
      if (open) socket.send('3');
    }
    await socket.closed;
    const took = performance.now() - begin;
    holds(`that was not before three heartbeats, but after ${took} ms`, took > 3 * PING.interval);
  },

  'disconnect / from the main namespace': async (peer) => {
    const socket = await joined(peer);
    socket.send('41');
    same('the next frame', await socket.next(), '2');
  },

  'disconnect / joins and leaves another namespace': async (peer) => {
    const socket = await joined(peer);
    same('the next frame', await socket.next(), '2');
    // From here on, all must be done within the time for a pong, which is never sent.
    socket.send('40/custom');
    holds('CONNECT is answered', (await socket.next()).startsWith('40/custom,{"sid":"'));
    same('the greeting', await socket.next(), '42/custom,["auth",{}]');
    socket.send('41/custom');
    socket.send('42["message","still here"]');
    same('the answer on /', await socket.next(), '42["message-back","still here"]');
  },

  'message / a text': async (peer) => {
    const socket = await joined(peer);
    socket.send('42["message",1,"2",{"3":[true]}]');
    same('what comes back', await socket.next(), '42["message-back",1,"2",{"3":[true]}]');
  },

  'message / bytes': async (peer) => {
    const socket = await joined(peer);
    sendsBytes(socket, `452-["message",${PLACES}]`);
    await getsBytes(socket, `452-["message-back",${PLACES}]`);
  },

  'message / a text, acknowledged': async (peer) => {
    const socket = await joined(peer);
    socket.send('42456["message-with-ack",1,"2",{"3":[false]}]');
    same('what comes back', await socket.next(), '43456[1,"2",{"3":[false]}]');
  },

  'message / bytes, acknowledged': async (peer) => {
    const socket = await joined(peer);
    sendsBytes(socket, `452-789["message-with-ack",${PLACES}]`);
    await getsBytes(socket, `462-789[${PLACES}]`);
  },

  'message / closes upon a type that is none': async (peer) => isClosedFor(await joined(peer), '4abc'),
  'message / closes upon a payload that is none': async (peer) => isClosedFor(await joined(peer), '42{}'),
  'message / closes upon an id that is none': async (peer) =>
    isClosedFor(await joined(peer), '42abc["message-with-ack",1,"2",{"3":[false]}]'),
};

export const socketio = { ...shared(joins), ...packets };
