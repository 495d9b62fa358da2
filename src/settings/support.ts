import { z } from 'zod';
import { ids, section } from '#settings/section';

/** Where Attune reads, and what it does there. */
export const support = section(
  'support',
  {
    /** off: nothing is read; observe: counted, nobody contacted; on: opted-in members get notes. */
    mode: z.enum(['off', 'observe', 'on']),
    /** Support channels of any kind that people write in; a category stands for all that is below it. */
    channels: ids(500),
  },
  { mode: 'off', channels: [] },
  { channels: 'channel' },
);

export type Support = (typeof support)['default'];
export type Mode = Support['mode'];
