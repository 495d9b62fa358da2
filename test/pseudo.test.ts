import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Answer, Exchange } from '@attune/town';
import { deleteChannel } from '@attune/town/world/places';
import { PermissionFlagsBits as Bits } from 'discord-api-types/v10';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Content, loadContent } from '#content/content';
import { countriesIn } from '#content/crisis';
import { wordsOf } from '#content/kinds';
import { judge } from '#detector/judge';
import { kinds } from '#detector/reading';
import { defaultTerms } from '#detector/terms';
import { greetingWords } from '#discord/greet';
import type { DecisionReason } from '#nudge/decision';
import { loadLetters } from '#panels/letters';
import { noteView } from '#panels/note';
import { loadNote } from '#panels/note-buttons';
import { commonWords } from '#panels/router';
import { sharingWords } from '#panels/share';
import { loadUnits } from '#panels/units';
import { countables, replyCountables } from '#store/counts';
import { DAY, dayOf, MINUTE } from '#store/times';
import { decidedWords, tellDecision, tellPost, tellReading } from '#trying/decided';
import { demoWords } from '#trying/demo';
import { readTour } from '#trying/tour';
import { loadFile } from '#words';
import * as crisisParts from '../commands/crisis/parts.ts';
import { actionsOf, deny, plant, sizeOf } from './components.ts';
import { faultsOf, outside, pseudo, textsIn, writePseudo } from './pseudo.ts';
import { openTown, partsWith, type Setup } from './town.ts';
import { openDemo } from './trying/open-demo.ts';

/**
 * Everything that people read can be said anew. Here all of it is, in a language that nobody speaks: longer, accented,
 * in brackets. Everything still works, every message fits, and a word without brackets is one that no translator sees.
 */

const project = fileURLToPath(new URL('..', import.meta.url));
const sorrow = 'my mother died and the house is so quiet';
const fix = 'you should see a therapist';
const own = ['Harbour', 'Ana', 'Ben', 'Cleo', 'Mo', fix];

/** The project once more, with these words in it. */
let root: string;
let data: string;
let content: Content;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'attune-pseudo-'));
  data = join(root, 'data');
  await writePseudo(data, async () => {
    await loadUnits(join(project, 'commands'), data);
    loadNote(data);
    loadLetters(data);
    loadFile(data, 'common.yaml', commonWords);
    loadFile(data, 'greeting.yaml', greetingWords);
    loadFile(data, 'share.yaml', sharingWords);
    loadFile(data, 'decided.yaml', decidedWords);
    loadFile(data, 'demo.yaml', demoWords);
    readTour(data);
    content = loadContent(data);
  });
}, 30_000);
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** How an entry in a menu is called. */
const nameOf = (id: string) => loadFile(data, `commands/${id}.yaml`, z.looseObject({ name: z.string() }))().name;

/** A town in which all that the bot sends is kept. */
async function open(setup: Setup = {}) {
  const sent: Exchange[] = [];
  const town = await openTown({ data, ...setup, onExchange: (exchange) => sent.push(exchange) });
  /** Everything was taken, is in this language, and fits. `refused`: what Discord was told to refuse. */
  const expectSpoken = (refused: readonly number[] = [], others: readonly string[] = []) => {
    const said = sent.map(({ request }) => request).filter((body) => !isPlanted(body));
    expect(sent.map(({ status }) => status).filter((status) => status >= 400)).toEqual(refused);
    const faults = said.flatMap((body) => textsIn(body)).flatMap((text) => faultsOf(text, [...others, ...own]));
    expect([...new Set(faults)]).toEqual([]);
    for (const message of said.flatMap(messagesIn)) {
      expect(sizeOf(message).text).toBeLessThanOrEqual(4_000);
      expect(sizeOf(message).parts).toBeLessThanOrEqual(40);
    }
    return said;
  };
  return { ...town, sent, expectSpoken, [Symbol.asyncDispose]: town[Symbol.asyncDispose] };
}
const isPlanted = (body: unknown) => (body as { content?: string } | undefined)?.content === 'an old panel';
/** The messages in a request: itself, or the answer to an interaction. */
const messagesIn = (body: unknown): { components?: unknown }[] => {
  const { data, components } = (body ?? {}) as { data?: { components?: unknown }; components?: unknown };
  return [data ?? {}, { components }].filter((one) => Array.isArray(one.components));
};

describe('the language', () => {
  it('is longer, and keeps what is no word', () => {
    expect(pseudo('On')).toMatch(/^⟦Øñ.*⟧$/);
    expect(pseudo('Shared by {who} with /explain')).toMatch(/^⟦Šhåréd bý \{who\} wïth \/explain ñ.*⟧$/);
    expect(pseudo('x'.repeat(100)).length).toBe(137);
    expect(pseudo('See [this]({link}) now', 21)).toBe('⟦Šéé [thïš]({link}) ⟧');
    expect(pseudo('x'.repeat(100), 100).length).toBe(100);
  });

  it.each([
    ['a sentence in a sentence', '### ⟦Lïšt ⟦Grïéf⟧⟧\n> ⟦Å⟧', 0],
    ['mentions and links', '⟦Å </setup:1> <#2> <t:3:D> [ø](https://discord.com/a)⟧', 0],
    ['names', '⟦Å Harbour⟧', 0],
    ['a word of the code', '**Hi** ⟦Å⟧', 1],
    ['a count that stands beside its sentence', '3 ⟦Å⟧', 1],
    ['an English word in a sentence', '⟦Å advice⟧', 1],
    ['a sentence that is cut', '⟦Å ⟦ø⟧', 1],
    ['a mention that is cut', '⟦Å </set…⟧', 1],
  ])('is told from what is not: %s', (_, text, faults) => expect(faultsOf(text, own)).toHaveLength(faults));
});

describe('in another language', () => {
  it('moderators set it up, members turn notes on, and a note comes with all of its buttons', async () => {
    await using town = await open();
    const { ana, ben, mo } = town;
    let panel = await mo.selects(await mo.runs('/setup'), 'setup:channels', ['#support']);
    for (const mode of ['observe', 'off', 'on']) panel = await mo.presses(panel, `setup:mode:${mode}`);
    let mine = await ben.presses(await ben.runs('/nudges'), 'nudges:on');
    const sample = await ben.nextDm();
    for (const press of ['note:another', 'note:why', 'note:wrong']) await ben.presses(sample, press);
    const reply = await ben.repliesTo(await ana.says('#support', sorrow), fix);
    expect(await town.decisionOn(reply)).toMatchObject({ nudge: 'advice' });
    const note = ben.dms.findLast((dm) => actionsOf(dm).includes('note:why'));
    if (!note) throw new Error('Ben has no note.');
    for (const press of ['note:another', 'note:why']) await ben.presses(note, press);
    await ben.presses(await ben.presses(note, 'note:wrong'), `note:because:${town.town.guild.id}:advice:misread`);
    const settings = await ben.presses(note, 'note:settings');
    for (const press of ['note:snooze', 'note:wake', 'note:off', 'note:on']) await ben.presses(settings, press);
    for (const press of ['nudges:snooze', 'nudges:wake', 'nudges:posts:out', 'nudges:posts:in'])
      mine = await ben.presses(mine, press);
    mine = await ben.selects(mine, 'nudges:pace', ['week']);
    mine = await ben.presses(mine, 'nudges:off');
    expect(actionsOf(mine)).toEqual(['nudges:on', 'nudges:posts', 'nudges:more']);
    await ben.presses(note, 'note:settings');
    const said = town.expectSpoken();
    // The names and descriptions of the commands, two notes, and the answers.
    expect(said.flatMap(messagesIn).length).toBeGreaterThan(25);
    expect(town.contacted()).toEqual(['ben', 'ben']);
  });

  it('members choose more, hear when a reply lands well, and are thanked', async () => {
    await using town = await open({ support: '#support', nudged: ['ben'] });
    const { ana, ben, cleo } = town;
    await cleo.presses(await cleo.runs('/nudges'), 'nudges:more');
    let mine = await ben.presses(await ben.runs('/nudges'), 'nudges:more');
    for (const what of ['landed', 'thanks'])
      for (const to of ['on', 'off', 'on']) mine = await ben.presses(mine, `nudges:${what}:${to}`);
    mine = await ben.selects(mine, 'nudges:kinds', []);
    await ben.presses(mine, 'nudges:back');
    const listening = 'it makes sense that you miss her so much. do you want to tell me about her?';
    const reply = await ben.repliesTo(await ana.says('#support', sorrow), listening);
    expect(await town.decisionOn(reply)).toMatchObject({ reason: 'landed' });
    const landed = await ben.nextDm();
    for (const one of [reply, reply]) await ana.usesMenu(one, nameOf('thank'));
    const thanked = await ben.nextDm();
    for (const letter of [landed, thanked]) await ben.presses(await ben.presses(letter, 'letter:off'), 'letter:on');
    for (const [place, text] of [
      ['#general', 'hm'],
      ['#support', 'are you thinking of killing yourself?'],
    ] as const)
      for (const who of [ana, ben]) await who.usesMenu(await ben.says(place, text), nameOf('thank'));
    const quoted = ['do you want to tell me about her'];
    town.expectSpoken([], quoted);
    expect(town.contacted()).toEqual(['ben', 'ben']);
  });

  it('every prompt is found, drawn and shared', async () => {
    await using town = await open({ sharesClock: true });
    for (const { id, name } of content.prompts().values()) {
      const panel = await town.ben.runs('/reflect', { feeling: name });
      expect(panel).toShow(id === 'any' ? '###' : name);
      const next = await town.ben.presses(panel, 'reflect:another');
      if (actionsOf(next).includes('reflect:share')) await town.ben.presses(next, 'reflect:share');
      // One may share three things in ten minutes.
      town.town.clock.advance(4 * MINUTE);
    }
    await town.ben.completes('/reflect', { feeling: '' });
    await town.ben.runs('/reflect', { feeling: 'qzxv' });
    for (const feeling of ['any', 'grief', 'hopelessness', 'i want to die'])
      await town.ben.runs('/reflect', { feeling, for: 'myself' });
    await town.ben.presses(await town.ben.runs('/reflect'), 'reflect:why');
    town.expectSpoken();
  });

  it('whoever was missed finds words, and whoever reads of danger the way', async () => {
    await using town = await open();
    const name = nameOf('missed');
    for (const reply of ['at least it was quick', 'just kill yourself'])
      await town.ana.presses(await town.ana.usesMenu(await town.ben.says('#support', reply), name), 'missed:another');
    const dangerous = await town.ana.says('#support', 'i want to die');
    for (const who of [town.ana, town.ben]) await who.usesMenu(dangerous, nameOf('find-words'));
    town.expectSpoken();
  });

  it('every explanation is found, drawn in full and shared, and leads on', async () => {
    await using town = await open({ sharesClock: true });
    for (const { name, related } of content.explanations().values()) {
      const panel = await town.ben.runs('/explain', { topic: name });
      expect(panel).toShow(name);
      const full = await town.ben.presses(panel, 'explain:show');
      if (actionsOf(full).includes('explain:share')) await town.ben.presses(full, 'explain:share');
      await town.ben.selects(panel, 'explain:go', [related[0] ?? '']);
      town.town.clock.advance(4 * MINUTE);
    }
    await town.ben.completes('/explain', { topic: '' });
    await town.ben.runs('/explain', { topic: 'qzxv' });
    town.expectSpoken();
  });

  it('every crisis line is drawn, and the first words of every page', async () => {
    await using town = await open();
    const { lines } = content.crisis;
    const named = [...countriesIn(lines).values()].flatMap(({ name }) => name);
    const shown = Object.values(lines.countries).flatMap(({ lines }) => lines);
    const languages = new Intl.DisplayNames(['en'], { type: 'language' });
    const spoken = shown.flatMap((one) => [...one.languages, ...one.ways.flatMap((way) => way.in ?? [])]);
    const ways = shown.flatMap((one) => one.ways.flatMap((way) => ['word' in way ? (way.word ?? '') : '', way.at]));
    const hosts = [...shown.flatMap(({ seen }) => seen.map(({ link }) => new URL(link).host))];
    const names = [...shown, ...lines.directories].map(({ name }) => name);
    for (const code of Object.keys(lines.countries)) await town.ben.runs('/crisis', { country: code });
    let panel = await town.ben.runs('/crisis', { country: 'atlantis' });
    for (const who of ['somebody', 'oneself']) {
      panel = await town.ben.presses(panel, `crisis:show:${who}`);
      for (const part of crisisParts.partsFor[who as 'somebody' | 'oneself'])
        await town.ben.selects(panel, 'crisis:what', [part]).then((page) => town.ben.presses(page, 'crisis:show'));
    }
    const both = [...names, ...hosts, ...ways, ...named, ...spoken.map((one) => languages.of(one) ?? '')];
    both.push('Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun');
    town.expectSpoken(
      [],
      both.filter(Boolean).sort((a, b) => b.length - a.length),
    );
  });

  it('what there is, what is kept, and what is said to who writes', async () => {
    await using town = await open();
    const { ben, mo } = town;
    await mo.runs('/help');
    await mo.runs('/help', {}, { in: 'dm' });
    for (const place of ['#general', 'dm']) {
      const panel = await ben.runs('/privacy', {}, { in: place });
      await ben.presses(panel, 'privacy:export');
      await ben.presses(await ben.presses(panel, 'privacy:forget'), 'privacy:keep');
      await ben.presses(await ben.presses(panel, 'privacy:forget'), 'privacy:forgetNow');
    }
    await ben.says('dm', 'hello');
    await ben.nextDm();
    await mo.says('#general', `<@${town.town.bot.id}> hello`);
    await mo.nextDm();
    town.ana.closesDms();
    await town.ana.says('#general', `<@${town.town.bot.id}> hello`);
    await town.cleo.nextFromBot();
    // The entries of menus keep their names.
    const menus = ben.commands().filter((name) => !name.startsWith('/'));
    town.expectSpoken([403], ['attune-data.json', ...menus]);
  });

  it('every scenario is practised, also the harder one, with an answer that stays and one that does not', async () => {
    await using town = await open();
    const { ben } = town;
    const step = async (panel: Answer, button: string, words: string) =>
      ben.submits(await ben.presses(panel, button), { words });
    let panel = await ben.runs('/practice', { topic: 'joy', difficulty: '3' });
    for (let turn = 0; turn < content.scenarios().size; turn++) {
      const feedback = await step(await step(panel, 'practice:feel', 'Ana'), 'practice:answer', fix);
      await step(
        await step(await ben.presses(feedback, 'practice:harder'), 'practice:feel', 'Ana'),
        'practice:answer',
        fix,
      );
      panel = await ben.presses(feedback, 'practice:next');
    }
    await ben.presses(panel, 'practice:stop');
    town.expectSpoken();
  });

  it('drafts and messages are read for their writers', async () => {
    await using town = await open();
    const { ana, ben } = town;
    const menu = nameOf('landing');
    for (const [reply, post, mine] of [
      [fix, sorrow, 'Mo'],
      [fix, 'what should i do', ''],
      ['Ana', sorrow, 'i want to die'],
      ['...', '', ''],
    ])
      await ben.submits(await ben.runs('/draft'), { reply, post, mine } as Record<string, string>);
    for (const said of [fix, 'Ana', '...', 'i want to die']) await ben.usesMenu(await ben.says('#support', said), menu);
    await ben.usesMenu(await ana.says('#support', fix), menu);
    town.expectSpoken();
  });

  it('everything that can be needed is said, changed and ended, and people come', async () => {
    await using town = await open();
    const { ana, ben, mo } = town;
    const ida = town.town.person('ida');
    const say = (want: string, more = {}) => ana.runs('/need', { want, ...more }, { in: '#support' });
    expect(await say('nothing')).toMatchObject({ ephemeral: true });
    const line = await say('heard', { presence: true, note: 'Harbour' });
    if (!('id' in line)) throw new Error('there is no line');
    for (const who of [ben, town.cleo, mo, ida, ben, ana, town.cleo, mo, ben, ben])
      await who.presses(line, 'need:here');
    for (const want of ['ideas', 'company', 'unsure', 'heard', 'nothing', 'heard']) await say(want);
    await say('company', { note: 'kms' });
    deny(town.town, town.town.channel('#support'), Bits.SendMessages);
    await say('heard');
    deny(town.town, town.town.channel('#support'), 0n);
    await mo.deletes(line);
    await say('ideas');
    town.expectSpoken([404]);
  });

  it('what was shared is taken back, and too much is not shared', async () => {
    await using town = await open();
    const { ben } = town;
    const menu = nameOf('take-back');
    let panel = await ben.runs('/reflect', {}, { in: '#support' });
    const shared = await ben.presses(panel, 'reflect:share');
    if (!('id' in shared)) throw new Error('nothing was shared');
    expect(await ben.presses(panel, 'reflect:share')).toMatchObject({ ephemeral: true });
    await town.cleo.usesMenu(shared, menu);
    await ben.usesMenu(await ben.says('#support', 'Harbour'), menu);
    await ben.usesMenu(shared, menu);
    for (let turn = 0; turn < 3; turn++) {
      panel = await ben.presses(panel, 'reflect:another');
      await ben.presses(panel, 'reflect:share');
    }
    town.expectSpoken();
  });

  it('every note fits, with every opener and the longest names, and so does its "why"', async () => {
    const words = loadNote(data).words();
    const ids = { guild: '9'.repeat(19), guildName: 'W'.repeat(100) };
    for (const kind of kinds) {
      for (const at of wordsOf(content.kinds(), kind).openers.keys()) {
        const reply = { words: 'W'.repeat(140), channel: '9'.repeat(19), message: '9'.repeat(19) };
        for (const to of ['', 'W'.repeat(100)]) {
          const drawn = noteView({ ...ids, kind, reply: { ...reply, to }, at }, words, content);
          expect(sizeOf(drawn).text).toBeLessThan(4_000);
          expect(sizeOf(drawn).parts).toBeLessThanOrEqual(40);
          expect(
            textsIn(drawn).flatMap((text) => faultsOf(text, [reply.words, 'W'.repeat(100), `${'W'.repeat(39)}…`])),
          ).toEqual([]);
        }
      }
    }
    await using town = await open();
    const whys = kinds.map((kind) => `note:why:${town.town.guild.id}:${kind}`);
    const planted = await plant(town.town, town.town.channel('#general'), whys);
    for (const why of whys) await town.ben.presses(planted, why);
    town.expectSpoken();
  });

  it('moderators are shown what was counted', async () => {
    await using town = await open({ support: '#support', nudged: ['ben'] });
    const { mo } = town;
    const drawn = { within: 20_000 };
    await mo.runs('/insights');
    const day = (ago: number) => dayOf(Date.now() - ago * DAY);
    for (const what of [...countables, ...replyCountables])
      for (const [at, kind] of kinds.entries())
        for (const ago of [1, 8, 15, 22]) await town.store.counts.add(town.town.guild.id, day(ago), kind, what, at * 3);
    town.store.days.read(town.town.guild.id, day(1));
    let panel = await mo.runs('/insights', {}, drawn);
    for (const press of ['csv', 'shape:30:light', 'shape:30:table', 'period:7', 'period:90'])
      if (press === 'csv') await mo.presses(panel, `insights:${press}`);
      else panel = await mo.presses(panel, `insights:${press}`, drawn);
    town.expectSpoken();
  }, 60_000);

  it('moderators write prompts of their own, and mend what cannot be kept', async () => {
    await using town = await open({ sharesClock: true });
    const { mo, ben } = town;
    await mo.runs('/prompts list');
    const add = async (fields: Record<string, string | string[]>) => mo.submits(await mo.runs('/prompts add'), fields);
    await mo.submits(await mo.presses(await add({ say: '...' }), 'prompts:fix'), { say: 'Ana' });
    await add({ say: fix, ask: 'Ben', notice: 'Cleo', families: ['loss', 'sad'] });
    for (const say of ['Ana', 'i want to die']) await add({ say });
    const stale = await mo.runs('/prompts edit', { prompt: 'Ana' });
    const one = await mo.submits(await mo.runs('/prompts edit', { prompt: 'Ana' }), { say: 'Mo' });
    await mo.submits(stale, { say: 'Cleo' });
    await mo.runs('/prompts remove', { prompt: 'Harbour' });
    for (const feeling of ['grief', 'any']) await ben.runs('/reflect', { feeling });
    await mo.presses(await mo.presses(one, 'prompts:remove'), 'prompts:removeNow');
    const old = await mo.presses(await mo.runs('/prompts remove', { prompt: fix }), 'prompts:show');
    town.town.setRoles(town.town.guild, 'mo', []);
    await mo.presses(old, 'prompts:edit');
    town.expectSpoken([], ['i want to die']);
  });

  it('moderators are told what is missing', async () => {
    await using town = await open({
      support: ['#support', '#general', '#stories'],
      before: ({ grants }) => {
        grants.messageContent = false;
      },
    });
    const ida = town.town.person('ida');
    deny(town.town, town.town.channel('#support'), Bits.ViewChannel | Bits.ReadMessageHistory);
    deleteChannel(town.town.world, town.town.channel('#stories'));
    const panel = await town.mo.runs('/setup', {}, { in: '#general' });
    const other = await ida.runs('/setup', {}, { in: '#general' });
    await ida.presses(other, 'setup:mode:observe');
    const changed = await town.mo.presses(panel, 'setup:mode:off');
    town.town.clock.advance(16 * MINUTE);
    await town.mo.presses(changed, 'setup:mode:on');
    town.town.setRoles(town.town.guild, 'mo', []);
    await town.mo.presses(changed, 'setup:mode:on');
    town.town.allowCommand(town.town.guild, '/setup', { person: 'ana' }, true);
    const allowed = await town.ana.runs('/setup', {}, { in: '#general' });
    town.town.clock.advance(16 * MINUTE);
    await town.ana.presses(allowed, 'setup:mode:on');
    await town.ben.runs('/nudges', {}, { in: '#general' });
    town.expectSpoken();
  });

  it('moderators go through every page of /setup, and each change is told', async () => {
    await using town = await open({
      before: ({ addChannel, guild }) => void addChannel(guild, { name: 'log' }),
    });
    const { mo } = town;
    const page = async (name: string) => mo.presses(await mo.runs('/setup'), `setup:page:${name}`);
    await mo.selects(await page('log'), 'setup:log', ['#log']);
    await mo.presses(await mo.runs('/setup'), 'setup:mode:observe');
    await mo.selects(await page('channels'), 'setup:addChannels', ['#support', '#stories']);
    await mo.selects(await page('exempt'), 'setup:exempt', ['#general']);
    await mo.selects(await page('exempt'), 'setup:exemptRoles', ['Moderator']);
    await mo.selects(await page('notes'), 'setup:sensitivity', ['careful']);
    await mo.selects(await page('notes'), 'setup:kinds', ['advice', 'detached']);
    await mo.selects(await page('notes'), 'setup:fastest', ['day']);
    const forum = await mo.selects(await page('tags'), 'setup:forum', ['#stories']);
    await mo.selects(forum, 'setup:tag:ideas', ['Grief', 'Work']);
    const line = { name: 'xxx', how: 'http://xxx', note: 'x'.repeat(120) };
    const wrong = await mo.submits(await mo.presses(await page('crisis'), 'setup:line'), line);
    const mended = await mo.submits(await mo.presses(wrong, 'setup:lineAgain'), { how: 'x'.repeat(120) });
    await mo.submits(await mo.presses(mended, 'setup:line:0'), { name: ' ' });
    await mo.presses(await page('crisis'), 'setup:lineOff');
    for (const what of ['short', 'long', 'invite']) {
      const shown = await mo.presses(await page('community'), `setup:page:community:${what}`);
      await mo.selects(shown, 'setup:post', ['#general']);
      if (what !== 'invite') await mo.presses(shown, 'setup:copy');
    }
    const tried = await mo.submits(await mo.presses(await page('trial'), 'setup:try'), { post: sorrow, reply: fix });
    await mo.submits(await mo.presses(tried, 'setup:try'), { post: sorrow, reply: fix.slice(0, 9) });
    const { guild, world } = town.town;
    const old = [...world.commands.values()].find(({ name }) => name === 'reflect');
    if (old) world.commands.set('1', { ...old, id: '1', guild_id: guild.id });
    deny(town.town, town.town.channel('#stories'), Bits.ViewChannel);
    deleteChannel(world, town.town.channel('#support'));
    const found = await mo.presses(await mo.runs('/setup', {}, { in: '#general' }), 'setup:page:checks');
    await mo.presses(await mo.presses(found, 'setup:tidy'), 'setup:removeLeftOver');
    // What is told waits for the limit of the channel; all of it is there before nothing more may be written.
    await expect.poll(() => mo.reads('#log').length, { timeout: 10_000 }).toBe(13);
    deny(town.town, town.town.channel('#log'), Bits.SendMessages);
    await mo.presses(await mo.runs('/setup'), 'setup:mode:off');
    await mo.selects(await page('community'), 'setup:post', ['#log']);
    const may = { id: mo.id, type: 1, allow: Bits.SendMessages.toString(), deny: '0' };
    town.town.channel('#log').overwrites.push(may);
    await mo.selects(await page('community'), 'setup:post', ['#log']);
    await page('log');
    const said = town.expectSpoken(
      [403, 403],
      [...['Grief', 'Work', 'Vent', 'Advice welcome', line.how, 'xxx', sorrow, fix, fix.slice(0, 9)]],
    );
    expect(JSON.stringify(said)).toContain(`<@${mo.id}>`);
  });

  it('settings travel as a file, and everything can be deleted', async () => {
    await using town = await open({ support: ['#support', '#general'], mode: 'observe' });
    const { mo } = town;
    const file = (settings: object) => [{ name: 'a.json', bytes: JSON.stringify({ version: 1, settings }) }];
    const [here, gone] = [town.town.channel('#support').id, '500000000000000009'];
    const keep = async () => mo.presses(await mo.runs('/setup'), 'setup:page:keep');
    const panel = await keep();
    await mo.presses(panel, 'setup:exportFile');
    for (const channels of [[gone], [here, gone]]) {
      const form = await mo.presses(panel, 'setup:importFile');
      await mo.submits(form, { file: file({ support: { mode: 'observe', channels }, crisis: { lines: [] } }) });
    }
    const lines = [{ name: '', how: 'http://a.example', note: 'two\nlines' }];
    const faulty = {
      support: { mode: 'loud', channels: ['x', gone, gone] },
      exempt: { roles: Array.from({ length: 251 }, () => gone) },
      notes: { kinds: [], fastest: 1 },
      crisis: { lines: [...lines, { name: 'x'.repeat(61), how: 1 }] },
      language: { locale: 'English' },
      tags: 1,
      cake: 1,
    };
    for (const [at, wrong] of [
      '',
      '{}',
      '{"version": 2}',
      ' '.repeat(1_200_000),
      JSON.stringify({ version: 1, settings: {} }),
      JSON.stringify({ version: 1, settings: faulty, prompts: [{ say: 'x'.repeat(181) }] }),
      JSON.stringify({ version: 1, settings: { support: { channels: [gone, gone] } } }),
    ].entries())
      await mo.submits(await mo.presses(await keep(), 'setup:importFile'), {
        file: [{ name: `${at}.json`, bytes: wrong }],
      });
    const prompts = [{ say: 'Tea?' }, { say: 'Do you want to kill yourself?' }];
    for (const some of [prompts, prompts.slice(0, 1), []]) {
      const bytes = JSON.stringify({ version: 1, settings: {}, prompts: some });
      const sent = await mo.submits(await mo.presses(await keep(), 'setup:importFile'), {
        file: [{ name: 'a.json', bytes }],
      });
      if (!('id' in sent) || some.length !== 1) continue;
      await expect.poll(() => actionsOf(mo.sees(sent) ?? sent), { timeout: 15_000 }).toContain('setup:applyImport');
      await mo.presses(sent, 'setup:applyImport');
    }
    const form = await mo.presses(await keep(), 'setup:deleteAll');
    await mo.submits(form, { name: 'elsewhere' });
    await mo.submits(form, { name: 'Harbour' });
    town.expectSpoken(
      [],
      [
        // A longer name comes before the one that it begins with.
        ...['support.mode', 'support.channels[0]', 'support.channels', 'exempt.roles', 'notes.kinds', 'notes.fastest'],
        ...['crisis.lines[0].name', 'crisis.lines[0].how', 'crisis.lines[0].note', 'crisis.lines[1].name'],
        ...['crisis.lines[1].how', 'crisis.lines', 'language.locale', 'tags', 'cake', 'prompts[0].say', 'prompts[1]'],
        ...['prompts', 'Tea?', 'pt-BR', 'https', 'attune-settings.json'],
        ...['observe', 'every', 'week', 'day', 'off', 'on', gone],
      ],
    );
  });

  it('members are told what goes wrong', async () => {
    await using town = await open({ support: '#support' });
    const { ben } = town;
    const general = town.town.channel('#general');
    const old = await plant(town.town, general, ['reflect:gone', 'note:gone']);
    for (const id of ['reflect:gone', 'note:gone']) await ben.presses(old, id);
    ben.closesDms();
    const mine = await ben.presses(await ben.runs('/nudges'), 'nudges:on');
    ben.opensDms();
    await ben.presses(mine, 'nudges:on');
    const dm = { id: (await ben.nextDm()).channel_id };
    await ben.presses(await plant(town.town, dm, ['note:gone']), 'note:gone');
    const shared: Answer[] = [
      await ben.runs('/reflect', {}, { in: general }),
      await ben.runs('/explain', {}, { in: general }),
    ];
    deny(town.town, general, Bits.SendMessages);
    for (const [at, action] of ['reflect:share', 'explain:share'].entries())
      await ben.presses(shared[at] as Answer, action);
    const gone = [...town.town.world.commands.values()].find(({ name }) => name === 'explain');
    if (gone) town.town.world.commands.set('1', { ...gone, id: '1', name: 'gone' });
    await ben.runs('/gone');
    void town.town.faults.next('POST /interactions/:id/:token/callback', { status: 400, code: 50035 });
    const apology = await ben.runs('/reflect');
    // The code in it is chance, in no language.
    const [code] = /\b[A-Z2-9]{5}\b(?=\.)/.exec(JSON.stringify(apology)) ?? [];
    expect(code).toBeDefined();
    town.expectSpoken([403, 400], [code ?? '']);
  });

  it('the scene is played, and all of it is printed in that language', async () => {
    for (const part of ['src', 'commands', 'package.json'])
      cpSync(join(project, part), join(root, part), { recursive: true });
    symlinkSync(join(project, 'node_modules'), join(root, 'node_modules'));
    await using demo = await openDemo({ root });
    const { post, reply } = loadFile(data, 'demo.yaml', demoWords)();
    const printed = demo.said.replaceAll(/^ {2}(Ana|Ben|Cleo) {2}/gm, '');
    const spoken = ['Ana', 'Ben', 'Cleo', 'Mo', 'Harbour', '#support', post, reply, reply.split('!')[0] ?? ''];
    expect(faultsOf(printed, spoken)).toEqual([]);
    expect(printed).toContain(loadNote(data).words().heading);
  });

  it('every decision and every reading is told in it', async () => {
    const words = loadFile(data, 'decided.yaml', decidedWords)();
    const base = { guild: '1', channel: '2', messages: ['3'], replier: '4' };
    const { detector } = await partsWith(data);
    const reading = await detector.read(fix, sorrow);
    const told = [
      ...(Object.keys(words.reasons) as DecisionReason[]).flatMap((reason) =>
        (['nudged', 'counted', 'left alone', 'failed'] as const).map((outcome) =>
          tellDecision(words, { ...base, outcome, reason, kind: 'advice', reading }, 'Ben'),
        ),
      ),
      tellReading(words, reading, judge(reading, defaultTerms)),
    ];
    const texts = told.flatMap(({ headline, reason, marks = [], bars = [] }) => [
      headline,
      reason,
      ...[...marks, ...bars].map(({ label }) => label),
    ]);
    const { lead, words: none } = tellPost(words, 'Ana', '');
    expect([...new Set([...texts, lead, none].flatMap((text) => faultsOf(text, own)))]).toEqual([]);
  });
});

describe('no sentence is put together in code', () => {
  let panel: Answer;
  beforeAll(async () => {
    await using town = await open();
    panel = await town.mo.runs('/setup');
  });

  it('what was counted, in /setup', () => {
    expect(textsIn(panel).flatMap((text) => faultsOf(text, own))).toEqual([]);
  });

  it('the stops in a note', () => {
    const noted = { guild: '1', guildName: 'Harbour', kind: 'advice', at: 0 } as const;
    const texts = textsIn(noteView(noted, loadNote(data).words(), content));
    expect(texts.filter((text) => /[.:;,]/.test(outside(text)))).toEqual([]);
  });
});
