import { ChannelType } from 'discord.js';
import { z } from 'zod';
import { by, customIds } from '#panels/custom-ids';
import { button, chooseChannels, row } from '#panels/ui';
import type { Mode } from '#settings/settings';
import { filled, line } from '#words';
import { faults, isGone } from '../permissions.ts';
import { type Asked, panelState, section } from '../section.ts';

/** Which channels are support channels, and whether notes are off, only counted, or on. */

const words = z.strictObject({
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

const present = (channels: readonly string[], asked: Asked) => channels.filter((id) => !isGone(id, asked));

export default section({
  id: 'support',
  order: 10,
  words,
  ids,
  uses: ['readsMessages'],
  view({ asked, state, settings }, { words, readsMessages }) {
    return [
      !readsMessages() && words.cannotRead,
      ...faults(settings.channels, asked, words),
      `**${words.channels}**\n${words.channelsHint}`,
      row(
        chooseChannels(
          ids.to.channels(state),
          words.channels,
          channelTypes,
          present(settings.channels, asked).slice(0, 25),
        ),
      ),
      words[modeWords[settings.mode]],
      settings.mode !== 'off' && settings.channels.length === 0 && words.noChannels,
      row(
        ...modes.map((mode) =>
          button(ids.to.mode({ mode, ...state }), words[mode], {
            style: mode === settings.mode ? 'primary' : 'secondary',
            disabled: mode === settings.mode,
          }),
        ),
      ),
    ];
  },
  on: {
    // What is gone is taken off the list by any press.
    mode: (press, { mode, ...state }, { change }) =>
      change(press, state, (settings) => ({ ...settings, mode, channels: present(settings.channels, press) })),
    channels: (choice, state, { change }) =>
      change(choice, state, (settings) => ({ ...settings, channels: choice.values })),
  },
});
