import type { Answer } from '@attune/town';
import { ComponentType, InteractionType } from 'discord.js';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Way } from '#panels/custom-ids';
import { loadLetters } from '#panels/letters';
import { loadNote } from '#panels/note-buttons';
import type { Owner } from '#panels/unit';
import { partsOf, plant } from '../components.ts';
import { partsWith, shippedData } from '../town.ts';
import { holdsInTurn, within } from './runs.ts';
import { nasty, said } from './texts.ts';
import { openWatched, type Watched } from './watched.ts';

/**
 * Custom ids come from outside: forged, stale, another member's, another server's, too long. Every press of one is
 * answered, and none does for a member what is not theirs.
 */

const typeOf: Record<Exclude<Way, 'modal'>, ComponentType> = {
  button: ComponentType.Button,
  choice: ComponentType.StringSelect,
  channels: ComponentType.ChannelSelect,
  roles: ComponentType.RoleSelect,
  users: ComponentType.UserSelect,
};
const types = Object.values(typeOf);

const mark = 'zqmarkedbyana';
let town: Watched;
let owners: readonly Owner[];
/** Ids that were on panels of Mo, Ana and Ben. */
const genuine = new Set<string>();
/** Messages of the bot that Cleo can press on. */
let panels: Record<'inServer' | 'inDm', Answer>;
let elsewhere: string;

beforeAll(async () => {
  town = await openWatched({ support: '#support', nudged: ['ben'], settleMs: 0 });
  const { units } = await partsWith(shippedData);
  owners = [...units.flatMap((unit) => unit.owners), loadNote(shippedData).owner, loadLetters(shippedData).owner];
  elsewhere = town.town.addGuild({ name: 'Elsewhere', owner: 'Mo', channels: ['support'], people: ['Ana'] }).id;
  const keep = (answer: Answer) => {
    for (const { custom_id } of partsOf(answer)) if (custom_id) genuine.add(custom_id);
    return answer;
  };
  const { ana, ben, mo } = town;
  for (const command of ['/setup', '/prompts list', '/insights']) keep(await mo.runs(command));
  for (const command of ['/nudges', '/reflect', '/practice', '/crisis', '/help', '/privacy'])
    keep(await ana.runs(command));
  keep(await ana.runs('/need', { want: 'heard', note: mark, presence: true }, { in: '#support' }));
  await ben.repliesTo(await ana.says('#support', 'my mother died last week'), 'you should see a therapist');
  keep((await ben.nextDm()) as Answer);
  town.expectHarmless();
  expect(town.logged()).toEqual([]);
  const inServer = await plant(town.town, town.town.channel('#general'), ['setup:gone']);
  panels = { inServer, inDm: await plant(town.town, await dmOf(town, town.cleo.user.id), ['note:gone']) };
  town.sent.length = 0;
});
afterAll(() => town[Symbol.asyncDispose]());

/** The bot's direct messages with somebody. */
async function dmOf({ town }: Watched, recipient_id: string): Promise<{ id: string }> {
  const headers = { authorization: `Bot ${town.token}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ recipient_id });
  return (await fetch(`${town.api}/v10/users/@me/channels`, { method: 'POST', headers, body })).json() as Promise<{
    id: string;
  }>;
}

/** What a part of an id can be, sorted into what its schema takes and what it does not. */
function partOf(schema: z.ZodType): fc.Arbitrary<string> {
  const { world, guild, bot } = town.town;
  const ids = [guild.id, elsewhere, bot.id, ...world.people.keys(), ...world.channels.keys(), '0', '1', '9'.repeat(20)];
  const plain = [...genuine].flatMap((id) => id.split(':').slice(2)).map(decodeURIComponent);
  const options = schema instanceof z.ZodEnum ? (schema.options as string[]).map(String) : [];
  const all = [
    ...new Set([
      ...ids,
      ...plain,
      ...options,
      '',
      '2',
      '-1',
      '9999999999',
      '1e3',
      '0x1',
      'NaN',
      ...nasty.map(({ text }) => text.slice(0, 40)),
    ]),
  ];
  const right = all.filter((one) => schema.safeParse(one).success);
  const any = fc.oneof(
    fc.constantFrom(...all),
    said.map((text) => text.slice(0, 60)),
  );
  return right.length === 0
    ? any
    : fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...right) }, { weight: 1, arbitrary: any });
}

const encoded = (part: string) => encodeURIComponent(part.toWellFormed());

/** Ids that an owner knows, with whatever in them. */
const known = () =>
  fc
    .constantFrom(
      ...owners.flatMap((owner) =>
        Object.entries(owner.custom.actions).map(([name, action]) => ({ owner, name, ...action })),
      ),
    )
    .chain(({ owner, name, way, state }) =>
      fc
        .tuple(...Object.values(state).map(partOf))
        .map((parts) => ({ way, id: [owner.id, name, ...parts.map(encoded)].join(':') })),
    );
const mutated = () =>
  fc.tuple(fc.constantFrom(...genuine), fc.nat(100), said).map(([id, at, other]) => ({
    way: undefined,
    id: `${id.slice(0, at)}${other.slice(0, at % 7)}${id.slice(at + (at % 3))}`,
  }));
const made = () =>
  fc
    .oneof(said, fc.constantFrom(...genuine, 'setup', ':', '::::', 'setup:mode:on:0:manage:'.repeat(20)))
    .map((id) => ({ way: undefined, id }));
const forged = () =>
  fc.oneof({ weight: 5, arbitrary: known() }, { weight: 2, arbitrary: mutated() }, { weight: 1, arbitrary: made() });

/** An id of Discord's, known or not: other values than ids it does not send for channels, roles and people. */
const idFor = (text: string) => [...town.town.world.channels.keys()][text.length] ?? `${text.length + 1}`;

const dataOf = (way: Way | undefined, custom_id: string, any: number, values: readonly string[]) => {
  const component_type = way && way !== 'modal' ? typeOf[way] : types[any % types.length];
  return {
    id: 1,
    custom_id,
    component_type,
    ...(component_type !== ComponentType.Button && {
      values: component_type === ComponentType.StringSelect ? values : values.map(idFor),
    }),
  };
};
const press = () =>
  fc.tuple(
    forged(),
    fc.nat(9),
    fc.array(
      said.map((text) => text.slice(0, 100)),
      { maxLength: 3 },
    ),
    fc.constantFrom('inServer', 'inDm'),
  );

const rows = () => town.store.guilds.settings(town.town.guild.id);

describe('a forged press', () => {
  it(
    'of a member is answered, and does nothing that is not theirs to do',
    async () => {
      const before = rows();
      const [anas, bens] = await Promise.all(['ana', 'ben'].map((name) => keptOf(name)));
      await holdsInTurn(400, press(), async ([{ way, id }, any, values, where]) => {
        const answer = await town.cleo.forges(dataOf(way, id, any, values), { on: panels[where] });
        expect(answer.failed, id).toBeUndefined();
        expect(JSON.stringify(answer)).not.toContain(mark);
        town.expectHarmless();
        expect(town.logged()).toEqual([]);
      });
      expect(rows()).toEqual(before);
      expect(await Promise.all(['ana', 'ben'].map((name) => keptOf(name)))).toEqual([anas, bens]);
      // Cleo may have turned her notes on, and is told so.
      expect(town.contacted().filter((name) => name !== 'cleo')).toEqual(['ben']);
    },
    within(40_000),
  );

  it(
    'of a moderator is answered',
    () =>
      holdsInTurn(200, press(), async ([{ way, id }, any, values]) => {
        const answer = await town.mo.forges(dataOf(way, id, any, values), { on: panels.inServer });
        expect(answer.failed, id).toBeUndefined();
        town.expectHarmless();
        expect(town.logged()).toEqual([]);
      }),
    within(40_000),
  );

  it(
    'of a form with nothing that was asked for is answered',
    () =>
      holdsInTurn(100, fc.tuple(forged(), said, fc.boolean()), async ([{ id }, text, isMo]) => {
        const input = { type: ComponentType.TextInput, custom_id: text.slice(0, 100), value: text };
        const data = { custom_id: id, components: [{ type: ComponentType.Label, id: 1, component: input }] };
        const answer = await (isMo ? town.mo : town.cleo).forges(data, {
          as: InteractionType.ModalSubmit,
          on: panels.inServer,
        });
        expect(answer.failed, id).toBeUndefined();
        town.expectHarmless();
        // A form of ours without its fields is a fault of Discord's, and is told as one.
        for (const { msg } of town.logged()) expect(msg).toBe('an interaction failed');
      }),
    within(40_000),
  );
});

/** All that is kept of somebody, as they would be told. */
const keptOf = (name: string) => town.store.person.kept(town.town.person(name).user.id);
