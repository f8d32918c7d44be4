// `node play.mjs URL`: plays all against the server there once; fails when a case does, or when there are not 25 and 32.
import { WebSocket } from 'ws';
import { playAll } from './cases.mjs';

const suites = await playAll(process.argv[2], WebSocket);
const line = suites.map(({ name, passed, total }) => `${name} ${passed}/${total}`).join(', ');
console.log(line);
for (const failure of suites.flatMap(({ failures }) => failures)) console.log(`  ${failure}`);
const complete = suites.map(({ total }) => total).join() === '25,32';
if (!complete) console.log('  there must be 25 and 32 cases');
process.exit(complete && suites.every(({ failures }) => failures.length === 0) ? 0 : 1);
