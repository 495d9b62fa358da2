import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Answer } from '@attune/town';
import { type ChatInputCommandInteraction, MessageFlags } from 'discord.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { by, customIds } from '#panels/custom-ids';
import { OldPanel, Refusal } from '#panels/refusal';
import { button, colour, field, frame, message, modal, row, textInput, whisper } from '#panels/ui';
import { command, named } from '#panels/unit';
import { plant } from '../components.ts';
import { mention, sentences } from '../sentences.ts';
import { type AttuneTown, openTown, shippedData, shown } from '../town.ts';

/** What a bug in a command might throw: it holds what somebody wrote. */
const secret = 'a-secret-that-somebody-wrote';
const bug = () => {
  throw new Error(secret);
};

/** A command that fails in every way there is. */
const words = z.strictObject(named);
const pressed = by('button');
const ids = customIds('falls', {
  fresh: pressed,
  deferred: pressed,
  updating: pressed,
  replied: pressed,
  refused: pressed,
  gone: pressed,
  form: pressed,
  sent: by('modal'),
});
const later = (interaction: ChatInputCommandInteraction) => interaction.deferReply({ flags: MessageFlags.Ephemeral });
const falls = command({
  contexts: ['server', 'bot-dm'],
  uses: [],
  words,
  ids,
  options: () => [{ type: 3, name: 'how', description: 'How', autocomplete: true }],
  async complete() {
    bug();
  },
  async run(interaction) {
    const how = interaction.options.getString('how');
    if (how === 'deferred') await later(interaction);
    if (how === 'replied') await interaction.reply(whisper(frame(colour.panel, 'so far, so good')));
    if (how !== 'panel') bug();
    const names = (Object.keys(ids.to) as (keyof typeof ids.to)[]).filter((name) => name !== 'sent');
    const buttons = names.map((name) => button(ids.to[name]({}), name));
    await interaction.reply(
      message(frame(colour.panel, 'panel', row(...buttons.slice(0, 5)), row(...buttons.slice(5)))),
    );
  },
  on: {
    fresh: async () => bug(),
    async deferred(press) {
      await press.deferReply({ flags: MessageFlags.Ephemeral });
      bug();
    },
    async updating(press) {
      await press.deferUpdate();
      bug();
    },
    async replied(press) {
      await press.update(message(frame(colour.panel, 'changed')));
      bug();
    },
    async refused() {
      throw new Refusal('Not today.');
    },
    async gone() {
      throw new OldPanel();
    },
    form: (press) =>
      press.showModal(modal(ids.to.sent({}), 'Form', field('Word', textInput('word', { required: false })))),
    async sent(form) {
      await form.deferUpdate();
      bug();
    },
  },
});

let data: string;
beforeAll(() => {
  data = mkdtempSync(join(tmpdir(), 'attune-words-'));
  cpSync(shippedData, data, { recursive: true });
  writeFileSync(join(data, 'en/commands/falls.yaml'), 'name: falls\ndescription: Falls over\n');
});
afterAll(() => rmSync(data, { recursive: true }));
const open = () => openTown({ data, units: [falls.load(data)] });

const say = sentences('common.yaml');
const isApology = (answer: Answer) => {
  const code = /\b[A-Z2-9]{5}\b(?=\.)/.exec(shown(answer))?.[0] ?? '';
  expect(answer).toShow(say('broken', { code }));
  expect(answer).toMatchObject({ ephemeral: true });
  expect(JSON.stringify(answer)).not.toMatch(new RegExp(`${secret}|Error|\\bat .*\\.ts`));
};

describe('when a command fails', () => {
  it.each([['fresh'], ['deferred']])('apologises in words, %s', async (how) => {
    await using town = await open();
    isApology(await town.ben.runs('/falls', { how }));
  });

  it('apologises after an answer', async () => {
    await using town = await open();
    expect(await town.ben.runs('/falls', { how: 'replied' })).toShow('so far, so good');
    expect(await town.ben.nextFromBot()).toShow('so far, so good');
    isApology(await town.ben.nextFromBot());
  });

  it.each([['fresh'], ['deferred'], ['updating'], ['replied']])(
    'apologises for a press and leaves the panel, %s',
    async (how) => {
      await using town = await open();
      const panel = await town.ben.runs('/falls', { how: 'panel' });
      expect(await town.ben.nextFromBot()).toShow('panel');
      const answer = town.ben.presses(panel, how);
      // The panel is what a press shows; after it, the apology is a message of its own.
      const isAnswer = how === 'fresh' || how === 'deferred';
      isApology(await (isAnswer ? answer : town.ben.nextFromBot()));
      await answer;
      if ('id' in panel) expect(shown(town.ben.sees(panel))).toContain(how === 'replied' ? 'changed' : 'panel');
    },
  );

  it('apologises for a form and leaves the panel that it was opened from', async () => {
    await using town = await open();
    const panel = await town.ben.runs('/falls', { how: 'panel' });
    expect(await town.ben.nextFromBot()).toShow('panel');
    const sent = town.ben.submits(await town.ben.presses(panel, 'form'), {});
    isApology(await town.ben.nextFromBot());
    await sent;
    if ('id' in panel) expect(town.ben.sees(panel)).toShow('panel');
  });

  it('says a refusal as it is, and an old panel as such', async () => {
    await using town = await open();
    const panel = await town.ben.runs('/falls', { how: 'panel' });
    expect(await town.ben.presses(panel, 'refused')).toShow('Not today.');
    expect(await town.ben.presses(panel, 'gone')).toShow(say('old', { command: mention(town.town, 'falls') }));
  });

  it('apologises when Discord refuses the answer', async () => {
    await using town = await open();
    void town.town.faults.next('POST /interactions/:id/:token/callback', { status: 400, code: 50035 });
    isApology(await town.ben.runs('/reflect'));
  });

  it('goes on after an autocomplete that fails', async () => {
    await using town = await open();
    await expect(town.ben.completes('/falls', { how: 'x' }, { within: 300 })).rejects.toThrow();
    isApology(await town.ben.runs('/falls', { how: 'fresh' }));
  });

  it('says nothing more when it is too late, and goes on', async () => {
    await using town = await open();
    void town.town.faults.next('POST /interactions/:id/:token/callback', { status: 404, code: 10062 });
    await expect(town.ben.runs('/reflect', {}, { within: 300 })).rejects.toThrow();
    expect(await town.ben.runs('/reflect')).toShow(sentences('commands/reflect.yaml')('headingAny'));
  });
});

describe('what the bot does not know', () => {
  const old = [
    ['reflect:another', 'reflect'],
    ['reflect:another:grief:1:1:1', 'reflect'],
    ['reflect:another:gone-feeling:1:1', 'reflect'],
    ['reflect:another:grief:-1:1', 'reflect'],
    ['explain:show:gone-topic:long', 'explain'],
    ['explain:share:gone-topic:long', 'explain'],
    ['explain:show:advice:huge', 'explain'],
    ['explain:go', 'explain'],
    ['nudges:volume:11', 'nudges'],
    ['setup:mode:on', 'setup'],
    ['setup:mode:loud:1:manage', 'setup'],
    ['setup:mode:on:-1:manage', 'setup'],
    ['note:another:1234', 'nudges'],
    ['note:why:12345678901234567:no-such-kind', 'nudges'],
    ['gone:thing', 'nudges'],
    ['garbage', 'nudges'],
    ['__proto__:constructor', 'nudges'],
    ['reflect:%E0%A4%A', 'reflect'],
    ['🌊', 'nudges'],
  ] as const;
  let town: AttuneTown;
  let panel: Answer;
  beforeAll(async () => {
    town = await openTown();
    const ids = old.map(([id]) => id);
    panel = await plant(town.town, town.town.channel('#general'), ids);
  });
  afterAll(() => town[Symbol.asyncDispose]());

  it.each(old)('%j is an old panel, with the way to a new one', async (id, owner) => {
    const answer = await town.ben.presses(panel, id);
    expect(answer).toMatchObject({ ephemeral: true });
    expect(answer).toShow(say('old', { command: mention(town.town, owner) }));
  });

  it('in direct messages it names the server, where such a command is to be found', async () => {
    await using town = await openTown({ support: '#support' });
    await town.ben.presses(await town.ben.runs('/nudges'), 'nudges:on');
    const dm = { id: (await town.ben.nextDm()).channel_id };
    const note = await plant(town.town, dm, ['note:gone', 'reflect:gone']);
    expect(await town.ben.presses(note, 'note:gone')).toShow(
      say('oldInServer', { command: mention(town.town, 'nudges') }),
    );
    expect(await town.ben.presses(note, 'reflect:gone')).toShow(say('old', { command: mention(town.town, 'reflect') }));
  });

  it('answers a command that it no longer has', async () => {
    await using town = await openTown();
    const command = [...town.town.world.commands.values()].find(({ name }) => name === 'explain');
    if (command) town.town.world.commands.set('1', { ...command, id: '1', name: 'gone' });
    const answer = await town.ben.runs('/gone');
    expect(answer).toMatchObject({ ephemeral: true });
    expect(answer).toShow(say('unknown'));
    if (command) town.town.world.commands.set('2', { ...command, id: '2', name: 'Old menu', type: 3 });
    const said = await town.ana.says('#general', 'hello');
    expect(await town.ben.usesMenu(said, 'Old menu')).toShow(say('unknown'));
  });
});
