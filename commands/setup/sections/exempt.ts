import { z } from 'zod';
import { by, customIds } from '#panels/custom-ids';
import { rolesIn } from '#panels/reach';
import { chooseChannels, chooseRoles, gap } from '#panels/ui';
import type { Settings } from '#settings/settings';
import { counted, line } from '#words';
import { fromOf, partOf, roomIn, withPart } from '../list.ts';
import { ids as panelIds } from '../panel.ts';
import { goneFrom } from '../permissions.ts';
import { panelState, section } from '../section.ts';

/** What is left out: single channels below what was chosen, and members with certain roles. */

const from = z.coerce.number().int().min(0).max(500);
/** Where both lists begin. */
const spots = { channels: from, roles: from };
type Spots = z.output<z.ZodObject<typeof spots>>;
const ids = customIds('setup', {
  exempt: by('channels', { ...spots, ...panelState }),
  exemptRoles: by('roles', { ...spots, ...panelState }),
});

/** Both lists stand on one page, so its place names both. */
const atOf = ({ channels, roles }: Spots) => `${channels}-${roles}`;
const spotsIn = (at: string): readonly string[] => at.split('-');

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
    everyone: line(200),
  }),
  ids,
  uses: [],
  async view({ asked, state, at, settings: { exempt } }, { words }) {
    const [channels, roles] = [roomIn(exempt.channels), roomIn(exempt.roles)];
    const [channelsAt = '', rolesAt = ''] = spotsIn(at);
    const begin = { channels: fromOf(channelsAt, channels), roles: fromOf(rolesAt, roles) };
    const known = await rolesIn(asked.client, asked.guildId);
    const hinted = (heading: string, hint: string, { length: n }: readonly string[]) =>
      `### ${heading}\n${hint}${n > 0 ? ` ${words.chosen({ n })}` : ''}`;
    const turn = (spot: Partial<Spots>) =>
      panelIds.to.page({ page: 'exempt', at: atOf({ ...begin, ...spot }), ...state });
    return [
      hinted(words.channels, words.channelsHint, exempt.channels),
      ...partOf(
        { list: channels, from: begin.channels, isGone: goneFrom(asked) },
        {
          choose: (shown) => chooseChannels(ids.to.exempt({ ...begin, ...state }), words.choose, [], shown),
          turn: (from) => turn({ channels: from }),
        },
        words,
      ),
      gap(),
      hinted(words.roles, words.rolesHint, exempt.roles),
      ...partOf(
        { list: roles, from: begin.roles, isGone: (id) => known?.has(id) === false },
        {
          choose: (shown) => chooseRoles(ids.to.exemptRoles({ ...begin, ...state }), words.chooseRoles, shown),
          turn: (from) => turn({ roles: from }),
        },
        words,
      ),
    ];
  },
  tells: ({ settings: { exempt } }, { words }) => [
    { name: words.channels, value: exempt.channels.map((id) => `<#${id}>`) },
    { name: words.roles, value: exempt.roles.map((id) => `<@&${id}>`) },
  ],
  on: {
    exempt: (choice, { channels, roles, ...state }, { change }) =>
      change(
        choice,
        state,
        ({ exempt }) => ({ exempt: { ...exempt, channels: withPart(exempt.channels, channels, choice.values) } }),
        { at: atOf({ channels, roles }) },
      ),
    exemptRoles(choice, { channels, roles, ...state }, { words, change, show }) {
      const at = atOf({ channels, roles });
      // The role of everybody has the id of the server; no member is told of as having it.
      if (choice.values.includes(choice.guildId)) return show(choice, state, { at, notice: `**${words.everyone}**` });
      const next = ({ exempt }: Settings) => ({
        exempt: { ...exempt, roles: withPart(exempt.roles, roles, choice.values) },
      });
      return change(choice, state, next, { at });
    },
  },
});
