import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Answer } from '@attune/town';
import { describe, expect, it } from 'vitest';
import { loadContent } from '#content/content';
import { wordsOf } from '#content/kinds';
import type { Kind } from '#detector/reading';
import type { Count } from '#store/counts';
import { DAY, dayOf, MINUTE } from '#store/times';
import { actionsOf, labelsOf, partsOf, sizeOf } from '../components.ts';
import { mention, sentences } from '../sentences.ts';
import { type AttuneTown, openTown, shippedData } from '../town.ts';

const say = sentences('commands/insights.yaml');
const nameOf = (kind: Kind) => wordsOf(loadContent(shippedData).kinds(), kind).name;
const figure = (name: string, n: string) => say('figure', { label: say(name), n });
const sorrow = 'my mother died and the house is so quiet';
const fix = 'you should see a therapist';
/** Drawing takes a process of its own, which takes its time on a busy machine. */
const slow = 60_000;
const drawn = { within: 20_000 };

const ago = (days: number) => dayOf(Date.now() - days * DAY);
const add = ({ store, town }: AttuneTown, days: number, kind: string, what: Count['what'], n: number) =>
  store.counts.add(town.guild.id, ago(days), kind, what, n);

/** A community with some weeks behind it. */
async function opened() {
  const town = await openTown({ support: '#support', nudged: ['ben'] });
  await add(town, 2, 'advice', 'noted', 42);
  await add(town, 3, 'silver-lining', 'noted', 11);
  await add(town, 4, 'detached', 'noted', 2);
  await add(town, 5, 'advice', 'would', 8);
  await add(town, 3, 'advice', 'wanted ideas', 6);
  await add(town, 3, 'advice', 'misread', 1);
  await add(town, 20, 'advice', 'noted', 30);
  for (const days of [10, 17, 24]) await add(town, days, '', 'landed', days);
  await add(town, 10, '', 'thanked', 3);
  await add(town, 0, 'cheerleading', 'noted', 50);
  return town;
}

/** The pictures of a panel: their bytes, and what they say to those who do not see them. */
async function picturesOf(panel: Answer) {
  const given = 'attachments' in panel ? panel.attachments : [];
  const galleries = partsOf(panel).filter(({ type }) => type === 12) as unknown as {
    items: { media: { url: string }; description: string }[];
  }[];
  const shown = galleries.flatMap(({ items }) => items);
  expect(given.map(({ content_type }) => content_type)).toEqual(shown.map(() => 'image/png'));
  return Promise.all(
    given.map(async ({ url }, at) => {
      const png = Buffer.from(await (await fetch(url)).arrayBuffer());
      // To be looked at by whoever changes them.
      const folder = process.env.PICTURES;
      if (folder) {
        mkdirSync(folder, { recursive: true });
        writeFileSync(join(folder, `${shown[at]?.description.slice(0, 12)}-${png.length}.png`), png);
      }
      return { png, alt: shown[at]?.description ?? '' };
    }),
  );
}

async function csvOf(answer: Answer): Promise<string> {
  const [file] = 'attachments' in answer ? answer.attachments : [];
  expect(file?.filename).toMatch(/^attune-\d{4}-\d\d-\d\d-to-\d{4}-\d\d-\d\d\.csv$/);
  return (await fetch(file?.url ?? '')).text();
}

describe('/insights', () => {
  it('says why nothing was counted, as things stand, and what to do', async () => {
    await using town = await openTown({ support: '#support', mode: 'observe' });
    const setup = { setup: mention(town.town, 'setup') };
    const shows = async (why: string, values?: Record<string, string>) => {
      const panel = await town.mo.runs('/insights', {}, drawn);
      for (const one of ['soon', 'off', 'noChannels', 'cannotRead'])
        if (one !== why) expect(panel).not.toShow(say(`nothing.${one}`, setup));
      expect(panel).toShow(say(`nothing.${why}`, values));
    };
    await shows('soon');
    await town.mo.selects(await town.mo.runs('/setup'), 'setup:channels', []);
    await shows('noChannels', setup);
    await town.setUp(['#support'], 'observe');
    await town.stopBot();
    town.town.grants.messageContent = false;
    await town.startBot();
    await shows('cannotRead', setup);
    await town.mo.presses(await town.mo.runs('/setup'), 'setup:mode:off');
    await shows('off', setup);
  });

  it('is shown to those who manage the server, and to nobody else', async () => {
    await using town = await openTown();
    expect(town.mo.commands('#general')).toContain('/insights');
    expect(town.ben.commands('#general')).not.toContain('/insights');
    const panel = await town.mo.runs('/insights', {}, drawn);
    expect(panel).toMatchObject({ ephemeral: true });
    expect(panel).toShow(say('nothing.off', { setup: mention(town.town, 'setup') }));
    expect(panel).not.toShow(say('cannotTell'));
    expect(await picturesOf(panel)).toEqual([]);
  });

  it(
    'shows thirty days as pictures that say in words what they show, and what they cannot tell',
    async () => {
      await using town = await opened();
      const panel = await town.mo.runs('/insights', {}, drawn);
      expect(panel).toMatchObject({ ephemeral: true });
      const pictures = await picturesOf(panel);
      const alt = (title: string, ...figures: [label: string, n: string][]) =>
        say('alt', { title, figures: figures.map(([label, n]) => say('altFigure', { label, n })).join(', ') });
      expect(pictures.map(({ alt }) => alt).slice(0, 3)).toEqual([
        alt(say('noted'), [nameOf('advice'), '70'], [nameOf('silver-lining'), '10'], [nameOf('detached'), '<5']),
        alt(
          say('wrong'),
          [say('objections.wanted ideas'), '5'],
          [say('objections.had listened'), '0'],
          [say('objections.misread'), '<5'],
        ),
        alt(say('would'), [nameOf('advice'), '10']),
      ]);
      expect(pictures[3]?.alt).toContain(say('byWeek', { what: say('landed') }));
      expect(pictures[4]?.alt).toContain('<5');
      expect(pictures).toHaveLength(5);
      for (const { png } of pictures) expect(png.subarray(1, 4).toString()).toBe('PNG');
      expect(panel).toShow(figure('noted', '85'));
      expect(panel).toShow(figure('would', '10'));
      expect(panel).toShow(say('observed'));
      expect(panel).toShow(say('share', { percent: '9%' }));
      for (const sentence of ['cannotTell', 'rounded']) expect(panel).toShow(say(sentence));
      expect(panel).not.toShow(nameOf('cheerleading'));
    },
    slow,
  );

  it(
    'goes from period to period, and from dark to light to a table; the pictures go along',
    async () => {
      await using town = await opened();
      const dark = await town.mo.runs('/insights', {}, drawn);
      expect(labelsOf(dark)).toEqual([
        ...['7', '30', '90'].map((n) => say('days.other', { n })),
        ...['dark', 'light', 'table', 'csv'].map((name) => say(name)),
      ]);
      const light = await town.mo.presses(dark, 'insights:shape:30:light', drawn);
      const [before, after] = [await picturesOf(dark), await picturesOf(light)];
      expect(after.map(({ alt }) => alt)).toEqual(before.map(({ alt }) => alt));
      expect(after[0]?.png.equals(before[0]?.png ?? Buffer.of())).toBe(false);

      const week = await town.mo.presses(light, 'insights:period:7:light', drawn);
      expect(week).toShow(figure('noted', '55'));
      const table = await town.mo.presses(week, 'insights:shape:7:table');
      expect(await picturesOf(table)).toEqual([]);
      const row = (label: string, n: string) => new RegExp(`^${label} +${n}$`, 'm');
      expect(table).toShow(row(nameOf('advice'), '40'));
      expect(table).toShow(row(nameOf('detached'), '<5'));
      const longest = await town.mo.presses(table, 'insights:period:90:table');
      expect(longest).toShow(row(nameOf('advice'), '70'));
      expect(sizeOf(longest).text).toBeLessThan(4_000);
    },
    slow,
  );

  it(
    'gives the same as a file, and no small number in it',
    async () => {
      await using town = await opened();
      const table = await town.mo.presses(await town.mo.runs('/insights', {}, drawn), 'insights:shape:30:table');
      const answer = await town.mo.presses(table, 'insights:csv');
      expect(answer).toMatchObject({ ephemeral: true });
      const [head, ...lines] = (await csvOf(answer)).trim().split('\r\n');
      expect(head).toBe('what,kind,from,to,count');
      expect(lines).toContain(`notes sent,advice,${ago(30)},${ago(1)},70`);
      expect(lines).toContain(`notes sent,detached,${ago(30)},${ago(1)},<5`);
      expect(lines).toContain(`notes sent,cheerleading,${ago(30)},${ago(1)},0`);
      expect(lines).toContain(`not right: misread,,${ago(30)},${ago(1)},<5`);
      expect(lines.filter((line) => line.startsWith('thanks,'))).toHaveLength(4);
      for (const line of lines) expect(line).toMatch(/,(0|<5|\d*[05])$/);
    },
    slow,
  );
});

describe('what is counted', () => {
  it(
    'replies are read, observed for all members, and told only when their day is over',
    async () => {
      await using town = await openTown({ support: '#support', mode: 'observe', sharesClock: true });
      const { ana, ben, cleo, mo } = town;
      await cleo.presses(await cleo.runs('/nudges'), 'nudges:posts:out');
      const hers = await ana.says('#support', sorrow);
      for (const who of [ben, cleo, town.town.person('ida')])
        for (const said of [fix, 'that sounds so hard']) await town.decisionOn(await who.repliesTo(hers, said));
      const left = await cleo.says('#support', sorrow);
      expect(await town.decisionOn(await ben.repliesTo(left, fix))).toMatchObject({ reason: 'poster left out' });
      expect(await mo.runs('/insights', {}, drawn)).toShow(say('nothing.soon'));
      town.town.clock.advance(DAY);
      const table = await mo.presses(await mo.runs('/insights', {}, drawn), 'insights:shape:30:table');
      // Six replies that were read, one that was left alone later, and two posts.
      expect(table).toShow(figure('read', '10'));
      expect(table).toShow(figure('would', '<5'));
      expect(table).toShow(nameOf('advice'));
      expect(town.contacted()).toEqual([]);
    },
    slow,
  );

  it(
    'who has notes is told as it was when the last day ended',
    async () => {
      const nudged = ['ana', 'ben', 'cleo', 'ida', 'mo'];
      await using town = await openTown({ support: '#support', nudged, sharesClock: true });
      const { clock } = town.town;
      const panel = async () => town.mo.runs('/insights', {}, drawn);
      expect(await panel()).not.toShow(say('withNotes'));
      for (const passed of [0, DAY]) {
        clock.advance(passed);
        await town.store.counts.add(town.town.guild.id, dayOf(clock.now() - DAY), 'advice', 'noted', 1);
        await town.store.sweep(clock.now());
      }
      expect(await panel()).toShow(figure('withNotes', '5'));
      await town.ben.presses(await town.ben.runs('/nudges'), 'nudges:off');
      await town.store.sweep(clock.now());
      expect(await panel()).toShow(figure('withNotes', '5'));
      clock.advance(DAY);
      await town.store.sweep(clock.now());
      expect(await panel()).toShow(figure('withNotes', '<5'));
    },
    slow,
  );

  it(
    'an error rate needs notes enough',
    async () => {
      await using town = await openTown();
      await add(town, 2, 'advice', 'noted', 9);
      await add(town, 2, 'advice', 'misread', 6);
      const panel = await town.mo.runs('/insights', {}, drawn);
      expect(panel).toShow(say('tooFew'));
      expect(panel).not.toShow('%');
    },
    slow,
  );
});

describe('who may look', () => {
  it('somebody who lost Manage Server since cannot go on looking', async () => {
    await using town = await openTown();
    const panel = await town.mo.runs('/insights', {}, drawn);
    town.town.setRoles(town.town.guild, 'mo', []);
    for (const button of ['insights:period:7', 'insights:shape:30:table', 'insights:csv']) {
      const answer = await town.mo.presses(panel, button);
      expect(answer).toMatchObject({ ephemeral: true });
      expect(answer).toShow(say('notAllowed'));
      expect(actionsOf(answer)).toEqual([]);
    }
  });

  it('a member whom an admin allowed looks for a quarter of an hour, then opens it anew', async () => {
    await using town = await openTown();
    town.town.allowCommand(town.town.guild, '/insights', { person: 'ana' }, true);
    const panel = await town.ana.runs('/insights', {}, drawn);
    expect(await town.ana.presses(panel, 'insights:shape:30:table')).toShow(
      say('nothing.off', { setup: mention(town.town, 'setup') }),
    );
    town.town.clock.advance(16 * MINUTE);
    expect(await town.ana.presses(panel, 'insights:csv')).toShow(say('openAgain'));
  });
});
