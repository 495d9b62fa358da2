import type { Answer } from '@attune/town';
import { ApplicationCommandOptionType, ApplicationCommandType } from 'discord.js';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buttonsOf } from '../components.ts';
import { partsWith, shippedData } from '../town.ts';
import { holdsInTurn, isLong, within } from './runs.ts';
import { nasty, said } from './texts.ts';
import { openWatched, type Watched } from './watched.ts';

/** Whatever people type, into options, forms or a message that a menu is opened on: it is answered, and pings nobody. */

/** A reading takes its time, and Discord waits three seconds: on a busy machine only torture reads what is longest. */
const shortly = (text: string) => (isLong ? text : text.slice(0, 1_000));

let town: Watched;
beforeAll(async () => {
  town = await openWatched({ support: '#support', settleMs: 0 });
  await town.mo.submits(await town.mo.runs('/prompts add'), { say: 'Still here.' });
});
afterAll(() => town[Symbol.asyncDispose]());

type Option = {
  name: string;
  type: number;
  required?: boolean;
  autocomplete?: boolean;
  max_length?: number;
  choices?: { value: string }[];
  options?: Option[];
};
type Typed = { type: number; custom_id: string; max_length?: number; min_length?: number; required?: boolean };

/** Every command with an option that takes text, with the text in all of them; and what is offered while it is typed. */
async function types(text: string): Promise<void> {
  for (const { type, name, options = [] } of town.town.world.commands.values()) {
    if (type !== ApplicationCommandType.ChatInput) continue;
    const all = options as unknown as Option[];
    const subs = all.filter(({ type }) => type === ApplicationCommandOptionType.Subcommand);
    const ways =
      subs.length > 0
        ? subs.map((sub): [string, Option[]] => [`/${name} ${sub.name}`, sub.options ?? []])
        : [[`/${name}`, all] as [string, Option[]]];
    for (const [command, asked] of ways) {
      const texts = asked.filter(({ type, choices }) => type === ApplicationCommandOptionType.String && !choices);
      if (texts.length === 0) continue;
      const values: Record<string, string> = {};
      for (const one of asked) {
        const [choice] = one.choices ?? [];
        if (texts.includes(one)) values[one.name] = text.slice(0, one.max_length ?? 6_000) || 'x';
        else if (one.required && choice) values[one.name] = choice.value;
      }
      expectAnswered(command, await town.mo.runs(command, values));
      for (const { name: focused, autocomplete } of texts)
        if (autocomplete) expect((await town.mo.completes(command, values, { focused })).failed).toBeUndefined();
    }
  }
}

/** Every form that there is, by the custom id that it is sent with, and the way to it. */
const page = async (name: string) => town.mo.presses(await town.mo.runs('/setup'), `setup:page:${name}`);
const forms: Record<string, () => Promise<Answer>> = {
  'draft:read': () => town.ana.runs('/draft'),
  'practice:felt': async () => town.ana.presses(await town.ana.runs('/practice'), 'practice:feel'),
  'practice:answered': async () => {
    const felt = await town.ana.presses(await town.ana.runs('/practice'), 'practice:feel');
    return town.ana.presses(await town.ana.submits(felt, { words: 'sad' }), 'practice:answer');
  },
  'prompts:save': () => town.mo.runs('/prompts add'),
  'setup:lineSaved': async () => {
    const panel = await page('crisis');
    return town.mo.presses(panel, buttonsOf(panel).findLast((id) => id.startsWith('setup:line:')) ?? '');
  },
  'setup:tried': async () => town.mo.presses(await page('trial'), 'setup:try'),
  'setup:imported': async () => town.mo.presses(await page('keep'), 'setup:importFile'),
  'setup:deleteNow': async () => town.mo.presses(await page('keep'), 'setup:deleteAll'),
};

const expectAnswered = (what: string, answer: Answer) => {
  expect(answer.failed, what).toBeUndefined();
  town.expectHarmless();
  expect(JSON.stringify(town.logged()), what).toBe('[]');
};

async function fills(name: string, text: string): Promise<void> {
  const form = await (forms[name] as (typeof forms)[string])();
  if (!form.modal) throw new Error(`${name} opens no form: ${JSON.stringify(form)}`);
  expect(form.modal.custom_id).toMatch(new RegExp(`^${name}(:|$)`));
  const inputs = (form.modal.components as unknown as { component?: Typed }[]).flatMap(
    ({ component }) => component ?? [],
  );
  const fields: Record<string, string | { name: string; bytes: string }[]> = {};
  for (const { type, custom_id, max_length = 4_000 } of inputs) {
    if (type === 4) fields[custom_id] = text.slice(0, max_length) || 'x';
    if (type === 19) fields[custom_id] = [{ name: 'a.json', bytes: text || ' ' }];
  }
  const who = form.modal.custom_id.startsWith('setup') || name.startsWith('prompts') ? town.mo : town.ana;
  expectAnswered(name, await who.submits(form, fields));
}

describe('every form', () => {
  it('is tried here', async () => {
    const { units } = await partsWith(shippedData);
    const all = units.flatMap(({ owners }) =>
      owners.flatMap(({ id, custom }) =>
        Object.entries(custom.actions).flatMap(([name, { way }]) => (way === 'modal' ? `${id}:${name}` : [])),
      ),
    );
    expect(Object.keys(forms).sort()).toEqual([...new Set(all)].sort());
  });
});

describe('what is typed', () => {
  // Every day one form for each of them, in torture all.
  it.each(nasty.map((one, at) => ({ ...one, at })))(
    '$why',
    async ({ text, at }) => {
      await types(shortly(text));
      const names = Object.keys(forms);
      for (const name of isLong ? names : [names[at % names.length] ?? '']) await fills(name, shortly(text));
    },
    within(20_000),
  );

  it(
    'whatever it is',
    () =>
      holdsInTurn(10, fc.tuple(said, fc.constantFrom(...Object.keys(forms))), async ([text, name]) => {
        await types(shortly(text));
        await fills(name, shortly(text));
      }),
    within(60_000),
  );
});

describe('a message that a menu is opened on', () => {
  const menus = () =>
    [...town.town.world.commands.values()].filter(({ type }) => type === ApplicationCommandType.Message);
  const opens = async (text: string) => {
    const written = shortly(text).slice(0, 1_000);
    const message = await town.ben.says('#support', written.trim() === '' ? `${written}.` : written);
    for (const { name } of menus()) expectAnswered(name, await town.ana.usesMenu(message, name));
  };
  it.each(nasty)('$why', ({ text }) => opens(text));
  it('whatever it is', () => holdsInTurn(15, said, opens), within(60_000));
});
