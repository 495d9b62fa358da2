import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApplicationCommandOptionType } from 'discord.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { DataError } from '#data';
import { by, customIds, snowflake } from '#panels/custom-ids';
import {
  chooseRoles,
  chooseUser,
  colour,
  field,
  fileInput,
  frame,
  message,
  modal,
  quote,
  row,
  textInput,
  whisper,
} from '#panels/ui';
import { command, menuNamed, messageMenu, named, optionWords, type Unit, type UnitFile, userMenu } from '#panels/unit';
import { line } from '#words';
import { plant } from '../components.ts';
import { sentences } from '../sentences.ts';
import { type AttuneTown, openTown, shippedData, uploads } from '../town.ts';

/** Every shape that a unit can have, in the town. */

const say = (...lines: string[]) => whisper(frame(colour.panel, lines.join('\n')));

const rehearseIds = customIds('test-rehearse', { sent: by('modal', { to: snowflake }) });
const rehearse = messageMenu({
  words: z.strictObject({ ...menuNamed, title: line(45), ask: line(45) }),
  ids: rehearseIds,
  contexts: ['server', 'bot-dm', 'dm'],
  installs: ['server', 'user'],
  uses: [],
  async run(menu, { words }) {
    const { id, author, content } = menu.targetMessage;
    const hint = `${author.username}: ${content}`;
    const draft = field(words.ask, textInput('draft', { long: true, max: 500 }), hint);
    await menu.showModal(modal(rehearseIds.to.sent({ to: id }), words.title, draft));
  },
  on: {
    sent: (sent, { to }) => sent.reply(say(to, quote(sent.fields.getTextInputValue('draft')))),
  },
});

const bringIds = customIds('test-bring', { sent: by('modal') });
const bring = command({
  words: z.strictObject(named),
  ids: bringIds,
  contexts: ['server'],
  uses: [],
  run: (slash) => slash.showModal(modal(bringIds.to.sent({}), 'Bring', field('Settings', fileInput('file')))),
  on: {
    async sent(sent) {
      const file = sent.fields.getUploadedFiles('file', true).first();
      const text = file && (await (await fetch(file.url)).text());
      await sent.reply(say(`${file?.name}: ${text}`));
    },
  },
});

const greet = userMenu({
  words: z.strictObject(menuNamed),
  ids: customIds('test-greet', {}),
  contexts: ['server'],
  uses: ['now'],
  run: (menu, ctx) => menu.reply(say(menu.targetUser.username, Object.keys(ctx).sort().join(' '))),
  on: {},
});

const pagesIds = customIds('test-pages', { roles: by('roles'), who: by('users') });
const pages = command({
  words: z.strictObject({
    ...named,
    add: z.strictObject({ ...named, page: optionWords }),
    show: z.strictObject({ ...named, count: optionWords }),
  }),
  ids: pagesIds,
  contexts: ['server'],
  uses: [],
  subcommands: {
    add: {
      said: ({ add }) => add,
      options: (say) => [
        { type: ApplicationCommandOptionType.String, ...say(({ add }) => add.page), autocomplete: true },
      ],
      run: (slash) => slash.reply(say(`added ${slash.options.getString('page')}`)),
      complete: (typing) => typing.respond([{ name: `add ${typing.options.getFocused()}`, value: 'a' }]),
    },
    show: {
      said: ({ show }) => show,
      options: (say) => [
        { type: ApplicationCommandOptionType.Integer, ...say(({ show }) => show.count), autocomplete: true },
      ],
      async run(slash) {
        const roles = row(chooseRoles(pagesIds.to.roles({}), 'Roles'));
        await slash.reply(message(frame(colour.panel, 'pages', roles, row(chooseUser(pagesIds.to.who({}), 'Who')))));
      },
      complete: (typing) => typing.respond([{ name: `show ${typing.options.getFocused()}`, value: 2 }]),
    },
  },
  on: {
    roles: (choice) => choice.reply(say(choice.roles.map(({ name }) => name).join(', '), choice.values.join(' '))),
    who: (choice) => choice.reply(say(choice.users.map(({ username }) => username).join(', '))),
  },
});

let data: string;
let town: AttuneTown;
const load = (file: UnitFile, words: object): Unit => {
  writeFileSync(join(data, `en/commands/${file.id}.yaml`), JSON.stringify(words));
  return file.load(data);
};
const about = (name: string) => ({ name, description: 'For a test' });
const pagesWords = {
  ...about('test-pages'),
  add: { ...about('add'), page: about('page') },
  show: { ...about('show'), count: about('count') },
};

beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'attune-words-'));
  cpSync(shippedData, data, { recursive: true });
  const units = [
    // A menu may have the name of a command.
    load(rehearse, { ...about('reflect'), title: 'Before you send it', ask: 'What would you write?' }),
    load(bring, about('test-bring')),
    load(greet, about('Say hello')),
    load(pages, pagesWords),
  ];
  town = await openTown({ data, units });
});
afterAll(async () => {
  await town[Symbol.asyncDispose]();
  rmSync(data, { recursive: true });
});

describe("a message's menu", () => {
  it('opens a form and answers what was written in it', async () => {
    const said = await town.ana.says('#general', 'i am so tired');
    const form = await town.ben.usesMenu(said, 'reflect');
    expect(form).toShow('Before you send it');
    expect(form).toShow('What would you write?');
    expect(form).toShow('ana: i am so tired');
    const answer = await town.ben.submits(form, { draft: 'that sounds *heavy*' });
    expect(answer).toMatchObject({ ephemeral: true });
    expect(answer).toShow(said.id);
    expect(answer).toShow('> that sounds *heavy*');
  });

  it('is told apart from the command of the same name', async () => {
    const reflect = sentences('commands/reflect.yaml');
    expect(await town.ben.runs('/reflect')).toShow(reflect('headingAny'));
    // What is mentioned is the command: a menu cannot be.
    const slash = [...town.town.world.commands.values()].find(({ name, type }) => name === 'reflect' && type === 1);
    const panel = await plant(town.town, town.town.channel('#general'), ['reflect:gone']);
    expect(await town.ben.presses(panel, 'reflect:gone')).toShow(`</reflect:${slash?.id}>`);
  });

  it('is offered where it says, to servers and to people', () => {
    const uploaded = [...town.town.world.commands.values()];
    const [menu] = uploaded.filter(({ name, type }) => name === 'reflect' && type === 3);
    expect(menu).toMatchObject({ integration_types: [0, 1], contexts: [0, 1, 2], description: '' });
    const slash = uploaded.find(({ name }) => name === 'test-pages');
    expect(slash).toMatchObject({ integration_types: [0], contexts: [0] });
  });

  it('is uploaded once', async () => {
    const seen = uploads(town);
    await town.restart();
    expect(seen).toEqual([]);
  });

  it('is there in direct messages, too', async () => {
    const said = await town.ben.says('dm', 'to myself');
    const answer = await town.ben.submits(await town.ben.usesMenu(said, 'reflect'), { draft: 'hello' });
    expect(answer).toShow('> hello');
  });
});

describe("a person's menu", () => {
  it('says whose it is', async () => {
    expect(await town.ben.usesMenuOn('ana', 'Say hello')).toShow('ana');
  });

  it('is handed the services that it names, and no others', async () => {
    expect(await town.ben.usesMenuOn('ana', 'Say hello')).toShow(/^guildWords now words$/m);
  });
});

describe('a form with a file', () => {
  it('hands the file over', async () => {
    const form = await town.mo.runs('/test-bring');
    const answer = await town.mo.submits(form, { file: [{ name: 'attune.json', bytes: '{"a":1}' }] });
    expect(answer).toShow('attune.json: {"a":1}');
  });

  it('does not go without it', async () => {
    const form = await town.mo.runs('/test-bring');
    await expect(town.mo.submits(form, {})).rejects.toThrow('must be filled in');
  });
});

describe('subcommands', () => {
  it('each runs with its own options', async () => {
    expect(await town.ben.runs('/test-pages add', { page: 'one' })).toShow('added one');
    expect(await town.ben.runs('/test-pages show', { count: 3 })).toShow('pages');
  });

  it('each completes its own', async () => {
    expect(await town.ben.completes('/test-pages add', { page: 'gr' })).toEqual([{ name: 'add gr', value: 'a' }]);
    expect(await town.ben.completes('/test-pages show', { count: 7 })).toEqual([{ name: 'show 7', value: 2 }]);
  });
});

describe('selects', () => {
  it('hand over roles and people', async () => {
    const panel = await town.mo.runs('/test-pages show');
    const { id } = [...town.town.guild.roles.values()].find(({ name }) => name === 'Moderator') ?? {};
    const roles = await town.mo.selects(panel, 'test-pages:roles', ['Moderator']);
    expect(roles).toShow(/^Moderator$/m);
    expect(roles).toShow(`${id}`);
    expect(await town.mo.selects(panel, 'test-pages:who', ['cleo'])).toShow('cleo');
  });
});

describe('what belongs to servers, when it comes from elsewhere', () => {
  const inServers = sentences('common.yaml')('inServers');

  it('a press is answered with where it works', async () => {
    const dm = { id: (await town.ben.says('dm', 'hi')).channel_id };
    const panel = await plant(town.town, dm, ['nudges:on', 'setup:mode:on:0:manage', 'reflect:another:any:1:1']);
    for (const id of ['nudges:on', 'setup:mode:on']) {
      const answer = await town.ben.presses(panel, id);
      expect(answer).toMatchObject({ ephemeral: true });
      expect(answer).toShow(inServers);
    }
    expect(await town.ben.presses(panel, 'reflect:another')).not.toShow(inServers);
  });

  it('so is a command, and nothing is offered while it is typed', async () => {
    // Uploaded for servers only; Discord would not send it.
    const there = [...town.town.world.commands.values()].find(({ name }) => name === 'test-pages');
    if (!there) throw new Error('there is no /test-pages');
    there.contexts = [0, 1];
    expect(await town.ben.runs('/test-pages add', { page: 'x' }, { in: 'dm' })).toShow(inServers);
    expect(await town.ben.completes('/test-pages add', { page: 'x' }, { in: 'dm' })).toEqual([]);
    expect(await town.ben.completes('/test-pages add', { page: 'x' })).toHaveLength(1);
  });
});

describe('names', () => {
  it('two of one type and name stop the start, and both are named', async () => {
    const other = messageMenu({
      words: z.strictObject(menuNamed),
      ids: customIds('test-twice', {}),
      contexts: ['server'],
      uses: [],
      run: async () => undefined,
      on: {},
    });
    const twice = [load(rehearse, { ...about('Listen'), title: 'x', ask: 'y' }), load(other, about('Listen'))];
    const opening = openTown({ data, units: twice });
    await expect(opening).rejects.toThrow(DataError);
    await expect(opening).rejects.toThrow(
      /data\/en\/commands\/test-twice\.yaml, name: .*"Listen".*test-rehearse\.yaml/,
    );
  });

  it('two parts with an action of one name stop the start', async () => {
    const part = greet.load(data).owners;
    const [own] = load(pages, pagesWords).owners;
    if (!own) throw new Error('there is no owner');
    const unit = { ...greet.load(data), owners: [...part, own, own] };
    await expect(openTown({ data, units: [unit] })).rejects.toThrow(/commands\/test-pages have an action "roles"/);
  });
});
