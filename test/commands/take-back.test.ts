import type { Answer } from '@attune/town';
import { describe, expect, it } from 'vitest';
import { fromNow } from '#panels/ui';
import { MINUTE } from '#store/times';
import { actionsOf, labelsOf, partsOf } from '../components.ts';
import { sentences } from '../sentences.ts';
import { type AttuneTown, openTown } from '../town.ts';

const say = sentences(['share.yaml', 'commands/take-back.yaml']);
const reflect = sentences('commands/reflect.yaml');
const menu = say('name');

type There = Extract<Answer, { id: string }>;
const there = (answer: Answer | undefined): There => {
  if (!answer || !('id' in answer)) throw new Error('nothing is shown');
  return answer;
};

/** Ben's panel after he shared something in this place, and what he shared. */
async function shared({ ben }: AttuneTown, where = '#support') {
  const panel = there(await ben.runs('/reflect', {}, { in: where }));
  const message = there(await ben.presses(panel, 'reflect:share'));
  expect(actionsOf(message)).toEqual([]);
  await expect.poll(() => actionsOf(there(ben.sees(panel)))).toContain('take-back:shared');
  return { panel: there(ben.sees(panel)), message };
}

/** What the panel looks like once its button says this. */
const whenLabelled = async ({ ben }: AttuneTown, panel: There, label: string) => {
  await expect.poll(() => labelsOf(there(ben.sees(panel)))).toContain(label);
  return there(ben.sees(panel));
};

describe('on the panel from which something was shared', () => {
  it('Share here becomes Take back, which takes it away for everybody, also after a restart', async () => {
    await using town = await openTown();
    const { panel, message } = await shared(town);
    expect(labelsOf(panel)).toEqual([reflect('another'), say('takeBack'), reflect('why')]);
    expect(panel).toMatchObject({ ephemeral: true });
    expect(town.cleo.sees(message)).toBeDefined();
    await town.restart();
    await town.ben.presses(panel, 'take-back:shared');
    const after = await whenLabelled(town, panel, say('gone'));
    expect(town.cleo.sees(message)).toBeUndefined();
    await expect(town.ben.presses(after, 'take-back:shared')).rejects.toThrow('is disabled');
  });

  it('works in direct messages with the bot', async () => {
    await using town = await openTown();
    const { panel, message } = await shared(town, 'dm');
    await town.ben.presses(panel, 'take-back:shared');
    await whenLabelled(town, panel, say('gone'));
    expect(town.ben.sees(message)).toBeUndefined();
  });

  it('is content when a moderator was faster', async () => {
    await using town = await openTown();
    const { panel, message } = await shared(town);
    await town.mo.deletes(message);
    await town.ben.presses(panel, 'take-back:shared');
    await whenLabelled(town, panel, say('gone'));
  });

  it('says so where it cannot be reached any more', async () => {
    await using town = await openTown();
    const { panel, message } = await shared(town);
    town.town.faults.next('DELETE /channels/:channel/messages/:message', { status: 403, code: 50001 });
    const answer = await town.ben.presses(panel, 'take-back:shared');
    expect(answer).toMatchObject({ ephemeral: true });
    expect(answer).toShow(say('cannot'));
    expect(town.cleo.sees(message)).toBeDefined();
  });

  it('something else can be shared after it', async () => {
    await using town = await openTown();
    const { panel } = await shared(town);
    const next = await town.ben.presses(panel, 'reflect:another');
    expect(actionsOf(next)).toEqual(['reflect:another', 'reflect:share', 'reflect:why']);
    expect(await town.ben.presses(next, 'reflect:share')).toMatchObject({ ephemeral: false });
  });
});

describe('in the menu of what was shared', () => {
  it('its sharer takes it back, also after a restart', async () => {
    await using town = await openTown();
    const { message } = await shared(town);
    await town.restart();
    const answer = there(await town.ben.usesMenu(message, menu));
    expect(answer).toMatchObject({ ephemeral: true });
    expect(answer).toShow(say('done'));
    expect(town.cleo.sees(message)).toBeUndefined();
  });

  it.each(['cleo', 'mo'])('%s does not', async (name) => {
    await using town = await openTown();
    const { message } = await shared(town);
    const answer = await town.town.person(name).usesMenu(message, menu);
    expect(answer).toMatchObject({ ephemeral: true });
    expect(answer).toShow(say('notYours'));
    expect(town.cleo.sees(message)).toBeDefined();
  });

  it("a message of one's own, or of somebody else, is not taken back", async () => {
    await using town = await openTown();
    for (const message of [await town.ben.says('#support', 'hello'), await town.ana.says('#support', 'hi')]) {
      expect(await town.ben.usesMenu(message, menu)).toShow(say('notShared'));
      expect(town.cleo.sees(message)).toBeDefined();
    }
  });
});

describe('sharing', () => {
  it('the same press twice shares once', async () => {
    await using town = await openTown();
    const panel = await town.ben.runs('/reflect', {}, { in: '#support' });
    const answers = await Promise.all([
      town.ben.presses(panel, 'reflect:share'),
      town.ben.presses(panel, 'reflect:share'),
    ]);
    expect(answers.filter((one) => 'ephemeral' in one && !one.ephemeral)).toHaveLength(1);
    expect(answers.find((one) => 'ephemeral' in one && one.ephemeral)).toShow(say('already'));
    expect(town.cleo.reads('#support')).toHaveLength(1);
  });

  it('what was taken back can be shared again', async () => {
    await using town = await openTown();
    const panel = there(await town.ben.runs('/explain', { topic: 'empathy' }, { in: '#support' }));
    await town.ben.presses(panel, 'explain:share');
    await town.ben.presses(await whenLabelled(town, panel, say('takeBack')), 'take-back:shared');
    const long = await town.ben.presses(await whenLabelled(town, panel, say('gone')), 'explain:show');
    const again = await town.ben.presses(await town.ben.presses(long, 'explain:show'), 'explain:share');
    expect(again).toMatchObject({ ephemeral: false });
  });

  it('what could not be shown can be shared after all', async () => {
    await using town = await openTown();
    const panel = await town.ben.runs('/reflect', {}, { in: '#support' });
    town.town.faults.next('POST /webhooks/:application/:token', { status: 500 });
    expect(await town.ben.presses(panel, 'reflect:share')).toShow(
      sentences('common.yaml')('broken', { code: '' }).split('.')[0] ?? '',
    );
    expect(await town.ben.presses(panel, 'reflect:share')).toMatchObject({ ephemeral: false });
  });

  it('three things in ten minutes, for each member and channel; then it says when', async () => {
    await using town = await openTown({ sharesClock: true });
    const share = async (name: string, where: string) => {
      const panel = await town.town.person(name).runs('/reflect', {}, { in: where });
      return town.town.person(name).presses(panel, 'reflect:share');
    };
    const first = town.town.clock.now();
    for (let turn = 0; turn < 3; turn++) {
      expect(await share('ben', '#support')).toMatchObject({ ephemeral: false });
      town.town.clock.advance(MINUTE);
    }
    const refused = await share('ben', '#support');
    expect(refused).toMatchObject({ ephemeral: true });
    expect(partsOf(refused).map(({ content }) => content)).toContain(say('tooMuch', { when: soon(refused) }));
    expect(Math.abs(toldIn(refused) - (first + 10 * MINUTE))).toBeLessThan(2_000);
    expect(await share('ben', '#general')).toMatchObject({ ephemeral: false });
    expect(await share('cleo', '#support')).toMatchObject({ ephemeral: false });
    town.town.clock.advance(7 * MINUTE);
    expect(await share('ben', '#support')).toMatchObject({ ephemeral: false });
    expect(await share('ben', '#support')).toMatchObject({ ephemeral: true });
  });
});

const textOf = (message: Answer) =>
  partsOf(message)
    .map(({ content = '' }) => content)
    .join('\n');
/** The moment that a sentence tells, in ms. */
const toldIn = (message: Answer) => Number(/<t:(\d+):R>/.exec(textOf(message))?.[1]) * 1000;
const soon = (message: Answer) => fromNow(toldIn(message));
