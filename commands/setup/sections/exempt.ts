import { z } from 'zod';
import { by, customIds } from '#panels/custom-ids';
import { rolesIn } from '#panels/reach';
import { chooseRoles, gap, row } from '#panels/ui';
import { counted, line } from '#words';
import { fromOf, partOf, perPart, withPart } from '../list.ts';
import { ids as panelIds } from '../panel.ts';
import { goneFrom } from '../permissions.ts';
import { panelState, section } from '../section.ts';

/** What is left out: single channels below what was chosen, and members with certain roles. */

const from = z.coerce.number().int().min(0).max(500);
const ids = customIds('setup', {
  exempt: by('channels', { from, ...panelState }),
  exemptRoles: by('roles', panelState),
});

export default section({
  id: 'exempt',
  order: 30,
  page: 'exempt',
  words: z.strictObject({
    channels: line(80),
    channelsHint: line(300),
    chosen: counted(100),
    choose: line(100),
    roles: line(80),
    rolesHint: line(400),
    chooseRoles: line(100),
    before: line(80),
    after: line(80),
  }),
  ids,
  uses: [],
  async view({ asked, state, at, settings: { exempt } }, { words }) {
    const list = exempt.channels;
    const roles = await rolesIn(asked.client, asked.guildId);
    const there = exempt.roles.filter((role) => roles?.has(role) !== false);
    // One part more than there is, so that there is always room to choose.
    const room = [...list, ''];
    const begin = fromOf(at, room);
    const to = {
      choose: ids.to.exempt({ from: begin, ...state }),
      turn: (from: number) => panelIds.to.page({ page: 'exempt', at: `${from}`, ...state }),
    };
    return [
      `### ${words.channels}\n${words.channelsHint}${list.length > 0 ? ` ${words.chosen({ n: list.length })}` : ''}`,
      ...partOf({ list: list.length < perPart ? list : room, from: begin, isGone: goneFrom(asked) }, to, words),
      gap(),
      `### ${words.roles}\n${words.rolesHint}`,
      row(chooseRoles(ids.to.exemptRoles(state), words.chooseRoles, there.slice(0, perPart))),
    ];
  },
  tells: ({ settings: { exempt } }, { words }) => [
    { name: words.channels, value: exempt.channels.map((id) => `<#${id}>`) },
    { name: words.roles, value: exempt.roles.map((id) => `<@&${id}>`) },
  ],
  on: {
    exempt: (choice, { from, ...state }, { change }) =>
      change(
        choice,
        state,
        ({ exempt }) => ({ exempt: { ...exempt, channels: withPart(exempt.channels, from, choice.values) } }),
        { at: `${from}` },
      ),
    exemptRoles: (choice, state, { change }) =>
      change(choice, state, ({ exempt }) => ({
        exempt: { ...exempt, roles: withPart(exempt.roles, 0, choice.values) },
      })),
  },
});
