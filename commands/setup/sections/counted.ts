import { z } from 'zod';
import { customIds } from '#panels/custom-ids';
import { filled } from '#words';
import { section } from '../section.ts';

/**
 * Where to see what was counted. No number stands here: one that moves after a reply would tell a moderator who gets
 * notes; /insights shows days that are over.
 */
export default section({
  id: 'counted',
  order: 90,
  words: z.strictObject({ where: filled(200, 'insights') }),
  ids: customIds('setup', {}),
  uses: ['mention'],
  view: (_, { words, mention }) => [words.where({ insights: mention('insights') })],
  on: {},
});
