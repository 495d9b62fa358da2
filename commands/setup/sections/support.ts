import { z } from 'zod';
import { by, customIds } from '#panels/custom-ids';
import { button, chooseChannels, gap, row } from '#panels/ui';
import type { Mode } from '#settings/support';
import { counted, filled, line } from '#words';
import { perPart, withPart } from '../list.ts';
import { goneFrom } from '../permissions.ts';
import { panelState, section } from '../section.ts';

/** Whether notes are off, only counted, or on; and the support channels, as far as one select holds them. */

const modes = ['off', 'observe', 'on'] as const satisfies readonly Mode[];
const perMode = z.strictObject({ off: line(80), observe: line(80), on: line(80) });

const wordsSchema = z.strictObject({
  first: line(250),
  mode: line(80),
  modes: perMode,
  does: z.strictObject({ off: line(200), observe: line(250), on: line(250) }),
  chosen: filled(80, 'mode'),
  channels: line(80),
  choose: line(100),
  channelsHint: line(200),
  chosenChannels: counted(100),
  firstOf: counted(200),
  leftOut: counted(100),
  noChannels: line(200),
  signsAlone: line(300),
});

const ids = customIds('setup', {
  mode: by('button', { mode: z.enum(modes), ...panelState }),
  channels: by('channels', panelState),
});

export default section({
  id: 'support',
  order: 10,
  words: wordsSchema,
  ids,
  uses: ['readsBy'],
  view({ asked, state, settings }, { words, readsBy }) {
    const { mode, channels } = settings.support;
    const amount = [
      channels.length > 0 && words.chosenChannels({ n: channels.length }),
      channels.length > perPart && words.firstOf({ n: perPart }),
      settings.exempt.channels.length > 0 && words.leftOut({ n: settings.exempt.channels.length }),
      channels.length === 0 && (mode === 'off' ? words.channelsHint : words.noChannels),
    ].filter(Boolean);
    const isGone = goneFrom(asked);
    const present = channels.slice(0, perPart).filter((id) => !isGone(id));
    return [
      `**${state.revision === 0 ? words.first : words.mode}**\n${modes.map((one) => `- **${words.modes[one]}**: ${words.does[one]}`).join('\n')}`,
      row(
        ...modes.map((one) => {
          const label = words.modes[one];
          const isChosen = one === mode;
          const said = isChosen ? words.chosen({ mode: label }) : label;
          return button(ids.to.mode({ mode: one, ...state }), said, { style: isChosen ? 'success' : 'secondary' });
        }),
      ),
      mode !== 'off' && readsBy() === 'signs' && words.signsAlone,
      gap(),
      `**${words.channels}**\n${amount.join(' ')}`,
      row(chooseChannels(ids.to.channels(state), words.choose, [], present)),
    ];
  },
  tells: ({ settings: { support } }, { words }) => [
    { name: words.mode, value: words.modes[support.mode] },
    { name: words.channels, value: support.channels.map((id) => `<#${id}>`) },
  ],
  on: {
    mode: (press, { mode, ...state }, { change }) =>
      change(press, state, ({ support }) => ({ support: { ...support, mode } })),
    channels: (choice, state, { change }) =>
      change(choice, state, ({ support }) => ({
        support: { ...support, channels: withPart(support.channels, 0, choice.values) },
      })),
  },
});
