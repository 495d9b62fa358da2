import { z } from 'zod';
import { by, customIds } from '#panels/custom-ids';
import { OldPanel } from '#panels/refusal';
import { chooseChannels, row } from '#panels/ui';
import { filled, line } from '#words';
import { goneFrom, isToWriteIn, mayWriteIn, toWriteIn } from '../permissions.ts';
import { panelState, section } from '../section.ts';

/** Where changes are told. */

const ids = customIds('setup', { log: by('channels', panelState) });

export default section({
  id: 'log',
  order: 70,
  page: 'log',
  words: z.strictObject({
    heading: line(80),
    hint: line(300),
    choose: line(100),
    cannotWrite: filled(300, 'channel'),
  }),
  ids,
  uses: [],
  async view(shown, { words }) {
    const { asked, state, settings } = shown;
    const { channel } = settings.log;
    const present = channel !== null && !goneFrom(asked)(channel) ? [channel] : [];
    const isShut = channel !== null && !(await mayWriteIn(channel, shown));
    return [
      `### ${words.heading}\n${words.hint}`,
      isShut && words.cannotWrite({ channel: `<#${channel}>` }),
      row(chooseChannels(ids.to.log(state), words.choose, toWriteIn, present, 1)),
    ];
  },
  tells: ({ settings: { log } }, { words }) => [
    { name: words.heading, value: log.channel === null ? '' : `<#${log.channel}>` },
  ],
  on: {
    log(choice, state, { change }) {
      const [channel = null] = choice.values;
      if (channel !== null && !isToWriteIn(channel, choice)) throw new OldPanel();
      return change(choice, state, () => ({ log: { channel } }));
    },
  },
});
