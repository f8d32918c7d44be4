// Node's own server, on a free port, with the events of `examples/echo` and what a client must put up with besides.
import { createServer } from 'node:http';
import { Server } from 'socket.io';
import msgpack from 'socket.io-msgpack-parser';

// `node node-server.mjs msgpack`
const parser = process.argv[2] === 'msgpack' ? { parser: msgpack } : {};

let io;
let keeping;
let port = 0;

/** Also again, on the same port, after everybody was cut off. */
async function serve() {
  const http = createServer();
  io = new Server(http, { pingInterval: 300, pingTimeout: 5_000, maxHttpBufferSize: 1e6, ...parser });
  io.use((socket, next) => {
    if (socket.handshake.auth.token !== 'bad') return next();
    const error = new Error('Go away');
    error.data = { code: 'no', details: [1, null] };
    next(error);
  });
  const connected = (socket) => {
    socket.emit('auth', socket.handshake.auth);
    socket.on('message', (...args) => socket.emit('message-back', ...args));
    socket.on('message-with-ack', (...args) => args.pop()(...args));
    socket.on('ask', async (question) => socket.emit('answered', await socket.timeout(5_000).emitWithAck('question', question)));
    socket.on('transport', (answer) => socket.conn.transport.name && answer(socket.conn.transport.name));
    socket.on('burst', (count) => {
      for (let at = 0; at < count; at++) socket.emit('number', at);
    });
    socket.on('kick', () => socket.disconnect());
    socket.on('cut', () => socket.conn.close());
    socket.on('restart', restart);
  };
  io.on('connection', connected);
  io.of('/custom').on('connection', connected);
  // Beside it, one that keeps what was missed.
  keeping = new Server(http, { path: '/keeping/', pingInterval: 300, pingTimeout: 5_000, connectionStateRecovery: {}, ...parser });
  keeping.on('connection', (socket) => {
    if (!socket.recovered) socket.emit('auth', socket.handshake.auth);
    socket.on('message', (...args) => socket.emit('message-back', ...args));
    socket.on('cut and say', (count) => {
      socket.conn.close();
      for (let at = 0; at < count; at++) keeping.emit('number', at);
    });
  });
  await new Promise((resolve) => http.listen(port, '127.0.0.1', resolve));
  port = http.address().port;
}

async function restart() {
  const { httpServer, engine } = io;
  httpServer.close();
  engine.close();
  keeping.engine.close();
  httpServer.closeAllConnections();
  await serve();
}

await serve();
console.log(`Node ${process.version} listens on http://127.0.0.1:${port}`);
