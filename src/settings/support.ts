import { z } from 'zod';
import { section, snowflake } from '#settings/section';

/** Where Attune reads, and what it does there. */
export const support = section(
  'support',
  {
    /** off: nothing is read; observe: counted, nobody contacted; on: opted-in members get notes. */
    mode: z.enum(['off', 'observe', 'on']),
    /** Support channels: text, forum or category. */
    channels: z
      .array(snowflake)
      .max(100)
      .refine((ids) => new Set(ids).size === ids.length, 'names a channel twice')
      .readonly(),
  },
  { mode: 'off', channels: [] },
  { channels: 'channel' },
);

export type Support = (typeof support)['default'];
export type Mode = Support['mode'];
