import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Locale } from 'discord.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { loadContent } from '#content/content';
import { wordsOf } from '#content/kinds';
import { by, customIds } from '#panels/custom-ids';
import { command, commandName, named } from '#panels/unit';
import { filled } from '#words';
import { partsOf } from '../components.ts';
import { sentences } from '../sentences.ts';
import { openTown, shippedData, uploads } from '../town.ts';

const content = loadContent(shippedData);
const reflect = sentences('commands/reflect.yaml');

let data: string;
const put = (file: string, text: string) => {
  mkdirSync(dirname(join(data, file)), { recursive: true });
  writeFileSync(join(data, file), text);
};
beforeAll(() => {
  data = mkdtempSync(join(tmpdir(), 'attune-words-'));
  cpSync(shippedData, data, { recursive: true });
  put(
    'de/commands/reflect.yaml',
    `name: spiegeln
description: Worte, um bei jemandem zu bleiben
feeling: { name: gefühl, description: Was die Person zu fühlen scheint }
another: Noch eins
sharedBy: Geteilt von {who} mit /spiegeln
say: Du könntest sagen
`,
  );
  put('de/prompts/grief.yaml', 'id: grief\nname: Trauer\n');
  put('de/note.yaml', 'sample: Eine Probe, nur für dich\nanother: Anders gesagt\n');
  put('de/kinds/silver-lining.yaml', 'name: Das Gute kam früh\nopeners: [Eins., Zwei., Drei.]\n');
  put('de/common.yaml', 'old: Dieses Fenster ist alt. {command} öffnet ein neues.\n');
  put('pt/commands/explain.yaml', 'description: O que significa sentir-se sentido\n');
});
afterAll(() => rmSync(data, { recursive: true }));

describe('a second language', () => {
  it('names the commands in it, and only those that it translates', async () => {
    await using town = await openTown({ data });
    const commands = new Map([...town.town.world.commands.values()].map((one) => [one.name, one]));
    expect(commands.get('reflect')).toMatchObject({
      description: reflect('description'),
      name_localizations: { de: 'spiegeln' },
      description_localizations: { de: 'Worte, um bei jemandem zu bleiben' },
      options: [{ name: 'feeling', name_localizations: { de: 'gefühl' } }, { name: 'for' }],
    });
    // Discord knows Portuguese as pt-BR only.
    expect(commands.get('explain')?.description_localizations).toMatchObject({
      'pt-BR': 'O que significa sentir-se sentido',
    });
    expect(Object.keys(commands.get('explain')?.description_localizations ?? {}).sort()).toEqual(['de', 'pt-BR']);
  });

  it('is uploaded once', async () => {
    await using town = await openTown({ data });
    const seen = uploads(town);
    await town.restart();
    expect(seen).toEqual([]);
  });

  it('answers in the language of the person, and falls back where it lacks something', async () => {
    await using town = await openTown({ data });
    town.ben.locale = Locale.German;
    const panel = await town.ben.runs('/reflect', { feeling: 'grief' });
    expect(panel).toShow(reflect('heading', { feeling: 'Trauer' }));
    expect(panel).toShow('**Du könntest sagen**');
    expect(panel).toShow('Noch eins');
    expect(panel).toShow(reflect('share'));
    expect((await town.ben.completes('/reflect', { feeling: 'trau' }))[0]).toEqual({
      name: reflect('choice', { family: reflect('families.loss'), feeling: 'Trauer' }),
      value: 'grief',
    });
    expect(await town.cleo.runs('/reflect', { feeling: 'grief' })).toShow(
      reflect('heading', { feeling: content.prompts().get('grief')?.name ?? '-' }),
    );
  });

  it('shares in the language of the server', async () => {
    await using town = await openTown({ data });
    town.ben.locale = Locale.German;
    const panel = await town.ben.runs('/reflect', { feeling: 'grief' });
    const shared = await town.ben.presses(panel, 'reflect:share');
    expect(shared).toShow(reflect('sharedBy', { who: `<@${town.ben.id}>` }));
    expect(shared).toShow(reflect('say'));
    expect(shared).not.toShow('Du könntest sagen');
  });

  it('writes notes in the language of the server, and keeps to it in the note', async () => {
    await using town = await openTown({
      data,
      support: '#support',
      before: ({ guild }) => {
        guild.locale = Locale.German;
      },
    });
    await town.ben.presses(await town.ben.runs('/nudges'), 'nudges:on');
    const sample = await town.ben.nextDm();
    expect(sample).toShow('Eine Probe, nur für dich');
    expect(sample).toShow('Das Gute kam früh');
    const opener = () =>
      partsOf(town.ben.sees(sample) ?? {})
        .find(({ id }) => id === 62)
        ?.content?.split('\n')
        .at(-1);
    expect(opener()).toBe('> Zwei.');
    await town.ben.presses(sample, 'note:another');
    expect(opener()).toBe('> Drei.');
    // An answer is for the person, in theirs.
    expect(await town.ben.presses(sample, 'note:why')).toShow(wordsOf(content.kinds(), 'silver-lining').name);
  });
});

describe('types', () => {
  const words = z.strictObject({ ...named, by: filled(100, 'who') });
  const ids = customIds('typed', {
    page: by('button', { at: z.coerce.number() }),
    go: by('choice'),
  });
  const rest = { contexts: ['server'], uses: ['content'], words, ids, run: async () => undefined } as const;

  it('a missing handler, a wrong state, a wrong placeholder and a wrong word do not compile', () => {
    const made = [
      command({ ...rest, on: { page: async (_, { at }: { at: number }) => at, go: async () => undefined } }),
      // @ts-expect-error a handler is missing
      command({ ...rest, on: { page: async () => undefined } }),
      // @ts-expect-error there is no such action
      command({ ...rest, on: { page: async () => undefined, go: async () => undefined, stop: async () => undefined } }),
      // @ts-expect-error the state is a number
      command({ ...rest, on: { page: async (_, { at }: { at: string }) => at, go: async () => undefined } }),
      command({
        ...rest,
        on: {
          go: async (choice) => choice.values,
          async page(press, { at }, ctx) {
            // @ts-expect-error a button has no values
            const values = () => press.values;
            // @ts-expect-error {wer} is no placeholder of it
            const placeholder = () => ctx.words.by({ wer: 'Ana' });
            // @ts-expect-error there is no such word
            const word = () => ctx.words.bye;
            // @ts-expect-error a line is text
            const call = () => ctx.words.description();
            // @ts-expect-error there is no such state
            const state = () => at.length;
            // @ts-expect-error it does not name this service in `uses`
            const service = () => ctx.members;
            return [values, placeholder, word, call, state, service, ctx.content, ctx.words.by({ who: 'Ana' })];
          },
        },
      }),
      command({
        ...rest,
        // @ts-expect-error there is no such option words
        options: (say) => [{ type: 3, ...say((w) => w.feeling) }],
        on: { page: async () => undefined, go: async () => undefined },
      }),
    ];
    expect(made).toHaveLength(6);
  });
});

describe("Discord's rule for names", () => {
  it.each(['reflect', 'spiegeln', 'gefühl', 'a-b_c', '言葉'])('takes %s', (name) =>
    expect(commandName.safeParse(name).success).toBe(true),
  );
  it.each(['Reflect', 'two words', '', 'x'.repeat(33), 'a/b', 'GEFÜHL'])('refuses %j', (name) =>
    expect(commandName.safeParse(name).success).toBe(false),
  );
});
