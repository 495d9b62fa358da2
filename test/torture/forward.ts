/** `node forward.ts HOST:PORT HOST:PORT`: who connects to the first speaks with the second. */
import { connect, createServer } from 'node:net';

const [from = '', to = ''] = process.argv.slice(2);
const partsOf = (address: string) => [Number(address.split(':')[1]), address.split(':')[0]] as const;

createServer((near) => {
  const far = connect(...partsOf(to));
  near.pipe(far).pipe(near);
  near.on('error', () => far.destroy());
  far.on('error', () => near.destroy());
}).listen(...partsOf(from), () => process.stdout.write('listening\n'));
