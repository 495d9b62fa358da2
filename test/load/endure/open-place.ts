/** Opens a store as a start does, and tells its parent how long that took, and what it holds in memory. */
import { openPlace } from '#store/place';
import type { Taken, Where } from './settings.ts';

const [where = ''] = process.argv.slice(2);
const held = () => {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
};
const heap = held();
const before = process.threadCpuUsage();
const begun = performance.now();
const { store, close } = await openPlace(JSON.parse(where) as Where);
const { user, system } = process.threadCpuUsage(before);
const taken: Taken = { wall: performance.now() - begun, cpu: (user + system) / 1_000, mb: (held() - heap) / 1e6 };
if (store.guilds.settings('300000000000000001').revision !== 1) throw new Error('the settings were not read');
await close();
process.send?.(taken);
process.disconnect?.();
