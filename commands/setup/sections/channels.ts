import { z } from 'zod';
import { by, customIds } from '#panels/custom-ids';
import { chooseChannels, row } from '#panels/ui';
import { counted, line } from '#words';
import { fromOf, partOf, withPart } from '../list.ts';
import { ids as panelIds } from '../panel.ts';
import { goneFrom } from '../permissions.ts';
import { panelState, section } from '../section.ts';

/** All support channels, however many. */

const from = z.coerce.number().int().min(0).max(500);
const ids = customIds('setup', {
  addChannels: by('channels', panelState),
  someChannels: by('channels', { from, ...panelState }),
});

export default section({
  id: 'channels',
  order: 20,
  page: 'channels',
  words: z.strictObject({
    heading: line(80),
    hint: line(400),
    add: line(100),
    chosen: counted(100),
    none: line(200),
    choose: line(100),
    takeOff: line(200),
    before: line(80),
    after: line(80),
  }),
  ids,
  uses: [],
  view({ asked, state, at, settings: { support } }, { words }) {
    const list = support.channels;
    const part = { list, from: fromOf(at, list), isGone: goneFrom(asked) };
    const to = {
      choose: (shown: readonly string[]) =>
        chooseChannels(ids.to.someChannels({ from: part.from, ...state }), words.choose, [], shown),
      turn: (from: number) => panelIds.to.page({ page: 'channels', at: `${from}`, ...state }),
    };
    return [
      `### ${words.heading}\n${words.hint}`,
      row(chooseChannels(ids.to.addChannels(state), words.add, [], [])),
      list.length === 0 ? words.none : `**${words.chosen({ n: list.length })}**\n${words.takeOff}`,
      ...(list.length === 0 ? [] : partOf(part, to, words)),
    ];
  },
  on: {
    addChannels: (choice, state, { change }) =>
      change(choice, state, ({ support }) => ({
        support: { ...support, channels: [...new Set([...support.channels, ...choice.values])] },
      })),
    someChannels: (choice, { from, ...state }, { change }) =>
      change(
        choice,
        state,
        ({ support }) => ({ support: { ...support, channels: withPart(support.channels, from, choice.values) } }),
        { at: `${from}` },
      ),
  },
});
