/** Opens a store as a start does, and tells its parent how long that took. */
import { openPlace } from '#store/place';
import type { Taken, Where } from './settings.ts';

const [where = ''] = process.argv.slice(2);
const before = process.threadCpuUsage();
const begun = performance.now();
const { store, close } = await openPlace(JSON.parse(where) as Where);
const { user, system } = process.threadCpuUsage(before);
const taken: Taken = { wall: performance.now() - begun, cpu: (user + system) / 1_000 };
if (store.guilds.settings('300000000000000001').revision !== 1) throw new Error('the settings were not read');
await close();
process.send?.(taken);
process.disconnect?.();
