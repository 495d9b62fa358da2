import { ChannelType } from 'discord.js';
import { z } from 'zod';
import { by, customIds } from '#panels/custom-ids';
import { button, chooseChannels, row } from '#panels/ui';
import type { Mode, Support } from '#settings/support';
import { filled, line } from '#words';
import { faults, isGone } from '../permissions.ts';
import { type Asked, panelState, section } from '../section.ts';

/** Which channels are support channels, and whether notes are off, only counted, or on. */

const wordsSchema = z.strictObject({
  channels: line(100),
  channelsHint: line(200),
  modeOff: line(200),
  modeObserve: line(250),
  modeOn: line(200),
  off: line(80),
  observe: line(80),
  on: line(80),
  noChannels: line(200),
  gone: filled(700, 'channels'),
  noView: filled(700, 'channels'),
  noHistory: filled(700, 'channels'),
  cannotRead: line(400),
  signsAlone: line(300),
});

const modes = ['off', 'observe', 'on'] as const satisfies readonly Mode[];
const modeWords = { off: 'modeOff', observe: 'modeObserve', on: 'modeOn' } as const;

const channelTypes = [
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ChannelType.GuildForum,
  ChannelType.GuildCategory,
];

const ids = customIds('setup', {
  mode: by('button', { mode: z.enum(modes), ...panelState }),
  channels: by('channels', panelState),
});

const present = ({ channels }: Support, asked: Asked) => channels.filter((id) => !isGone(id, asked));

export default section({
  id: 'support',
  order: 10,
  words: wordsSchema,
  ids,
  uses: ['readsMessages', 'readsBy'],
  async view({ asked, state, settings: { support } }, { words, readsMessages, readsBy }) {
    return [
      !readsMessages() && words.cannotRead,
      ...(await faults(support.channels, asked, words)),
      `**${words.channels}**\n${words.channelsHint}`,
      row(chooseChannels(ids.to.channels(state), words.channels, channelTypes, present(support, asked).slice(0, 25))),
      words[modeWords[support.mode]],
      support.mode !== 'off' && readsBy() === 'signs' && words.signsAlone,
      support.mode !== 'off' && support.channels.length === 0 && words.noChannels,
      row(
        ...modes.map((mode) =>
          button(ids.to.mode({ mode, ...state }), words[mode], {
            style: mode === support.mode ? 'primary' : 'secondary',
            disabled: mode === support.mode,
          }),
        ),
      ),
    ];
  },
  on: {
    // What is gone is taken off the list by any press.
    mode: (press, { mode, ...state }, { change }) =>
      change(press, state, ({ support }) => ({ support: { mode, channels: present(support, press) } })),
    channels: (choice, state, { change }) =>
      change(choice, state, ({ support }) => ({ support: { ...support, channels: choice.values } })),
  },
});
