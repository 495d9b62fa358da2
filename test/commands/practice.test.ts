import type { Answer } from '@attune/town';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadContent } from '#content/content';
import type { Scenario } from '#content/scenarios';
import { actionsOf, buttonsOf, labelsOf, plant, sizeOf } from '../components.ts';
import { mention, sentences } from '../sentences.ts';
import { type AttuneTown, openTown, shippedData, shown } from '../town.ts';

const content = loadContent(shippedData);
const scenarios = content.scenarios();
const say = sentences('commands/practice.yaml');
const said = sentences('feedback.yaml');
const { oneself, somebody } = content.crisis.words();
const common = sentences('common.yaml');

let town: AttuneTown;
beforeAll(async () => {
  town = await openTown();
});
afterAll(() => town[Symbol.asyncDispose]());

const scenarioOf = (id: string): Scenario => scenarios.get(id) ?? expect.fail(`there is no scenario "${id}"`);
const idOf = (panel: Answer) => buttonsOf(panel)[0]?.split(':')[2] ?? '-';
/** The panel of one scenario, as a button of `Next` would show it. */
async function openAt(id: string, form = 'first', place = town.town.channel('#support')): Promise<Answer> {
  const state = `${id}:${form}:any:any:7`;
  return plant(town.town, place, [`practice:feel:${state}`, `practice:answer:${state}`]);
}
const step = async (panel: Answer, button: string, words: string) =>
  town.ben.submits(await town.ben.presses(panel, button), { words });
/** Answers a scenario, and gets the feedback. */
const answers = async (id: string, words: string, form?: string) =>
  step(await openAt(id, form), 'practice:answer', words);

describe('the way through', () => {
  it('shows a post, asks what they may be feeling, then for a reply, and says something of it; for them alone', async () => {
    const panel = await town.ben.runs('/practice', { topic: 'animals', difficulty: '1' }, { in: '#support' });
    const { post, feels, unheard, stays } = scenarioOf(idOf(panel));
    expect(panel).toMatchObject({ ephemeral: true });
    expect(panel).toShow(`> ${post}`);
    expect(panel).not.toShow(feels[0] ?? '-');
    expect(actionsOf(panel)).toEqual(['practice:feel', 'practice:next', 'practice:stop']);

    const form = await town.ben.presses(panel, 'practice:feel');
    expect(form).toShow(post);
    const felt = await town.ben.submits(form, { words: 'sad, and *afraid*' });
    expect(felt).toShow('> sad, and *afraid*');
    for (const one of feels) expect(felt).toShow(`- ${one}`);
    expect(actionsOf(felt)).toEqual(['practice:answer', 'practice:next', 'practice:stop']);

    const feedback = await step(felt, 'practice:answer', 'I am so sorry. How is tonight?');
    expect(feedback).toMatchObject({ ephemeral: true });
    expect(feedback).toShow(`**${say('yours')}**\n> I am so sorry. How is tonight?`);
    expect(feedback).toShow(`**${said('headings.stayed')}**\n> I am so sorry.\n${said('stays.with-you')}`);
    expect(feedback).toShow(`**${say('unheard')}**\n${unheard}`);
    expect(feedback).toShow(`**${say('another')}**\n> ${stays.say}\n${stays.why}`);
    expect(labelsOf(feedback)).toEqual(['again', 'harder', 'next', 'stop'].map((name) => say(`buttons.${name}`)));
  });

  it('goes on after a restart, and every step changes the one message', async () => {
    const panel = await town.ben.runs('/practice', {}, { in: '#support' });
    const before = town.ben.reads('#support').length;
    await town.restart();
    const felt = await step(panel, 'practice:feel', 'tired');
    const feedback = await step(felt, 'practice:answer', 'hm');
    const again = await step(feedback, 'practice:answer', 'I am so sorry.');
    expect(again).toShow('> I am so sorry.');
    expect(town.ben.reads('#support').length).toBe(before);
    const stopped = await town.ben.presses(again, 'practice:stop');
    expect(shown(stopped).trim()).toBe(say('stopped'));
  });

  it('a harder variation is what the same person writes next; it has none of its own', async () => {
    const { post, harder, stays } = scenarioOf('dog');
    const panel = await town.ben.presses(
      await plant(town.town, town.town.channel('#support'), ['practice:harder:dog:harder:any:any:7']),
      'practice:harder',
    );
    expect(panel).toShow(
      `> ${post}\n**${say('said.one')}**\n> ${stays.say}\n**${say('said.them')}**\n> ${harder.post}`,
    );
    const feedback = await step(await step(panel, 'practice:feel', 'lost'), 'practice:answer', 'hm');
    expect(feedback).toShow(harder.unheard);
    expect(feedback).toShow(harder.stays.why);
    expect(actionsOf(feedback)).toEqual(['practice:answer', 'practice:next', 'practice:stop']);
  });

  it('Next goes through all of them, what was wished for first', async () => {
    let panel = await town.ben.runs('/practice', { topic: 'family' });
    const seen = [idOf(panel)];
    for (let turn = 1; turn < scenarios.size; turn++) {
      panel = await town.ben.presses(panel, 'practice:next');
      seen.push(idOf(panel));
    }
    expect(new Set(seen).size).toBe(scenarios.size);
    const family = [...scenarios.values()].filter(({ topic }) => topic === 'family').length;
    expect(seen.slice(0, family).map((id) => scenarioOf(id).topic)).toEqual(Array(family).fill('family'));
    expect(idOf(await town.ben.presses(panel, 'practice:next'))).toBe(seen[0]);
  });

  it('opens the nearest where none is just like that, and says so', async () => {
    const panel = await town.ben.runs('/practice', { topic: 'joy', difficulty: '3' });
    expect(scenarioOf(idOf(panel)).topic).toBe('joy');
    expect(panel).toShow(say('near'));
    expect(await town.ben.runs('/practice', { difficulty: '3' })).not.toShow(say('near'));
  });

  it('works in direct messages', async () => {
    const panel = await town.ben.runs('/practice', {}, { in: 'dm' });
    const felt = await step(panel, 'practice:feel', 'tired');
    expect(await step(felt, 'practice:answer', 'hm')).toShow(say('unheard'));
  });

  it('a scenario that is gone is an old panel', async () => {
    const old = common('old', { command: mention(town.town, 'practice') });
    expect(await town.ben.presses(await openAt('gone'), 'practice:feel')).toShow(old);
  });

  it('asks for words where there are none, and leaves the panel as it is', async () => {
    const panel = await openAt('dog');
    const answer = await step(panel, 'practice:answer', ' ... ');
    expect(answer).toShow(say('noWords'));
    expect(answer).toMatchObject({ ephemeral: true });
    if ('id' in panel && 'id' in answer) expect(answer.id).not.toBe(panel.id);
  });
});

describe('what is said of a reply', () => {
  it('one thing that moved away, quoted, and gently', async () => {
    const feedback = await answers('dog', 'At least she had a long, happy life.');
    expect(feedback).toShow(`**${said('headings.moved')}**\n> At least she had a long, happy life\n`);
  });

  it('something small where little is seen, and nothing of grades', async () => {
    const feedback = await answers('dog', 'the leash');
    expect(feedback).toShow(said('small.echo', { words: 'the leash' }));
    expect(feedback).not.toShow(said('headings.moved'));
    expect(feedback).not.toShow(/score|points|correct|wrong|\d ?%|\/10/i);
  });

  it('a hard thing said lightly is hard all the same', async () => {
    expect(await answers('no-job', 'Maybe you should get someone to look at your CV?')).toShow(said('headings.moved'));
  });

  it.each([
    ['comeback', 'I was quick with that. How are the nights?', 'repair'],
    ['comeback', 'I am sorry that I was so quick there. '.repeat(6), 'repairLong'],
    ['landlord', 'You should call the council, and write to him today.', 'idea'],
    ['landlord', 'That sounds so hard. I am here.', 'noIdea'],
    ['funeral', '“I’m sorry about your dad” will do.', 'perhapsIdea'],
    ['cat-waiting', 'I can wait with you.', 'silence'],
    ['cat-waiting', 'It is late and the night is long and the kitchen is clean. '.repeat(3), 'silenceLong'],
  ])('%s has feedback of its own sort: %j', async (id, reply, sort) => {
    const feedback = await answers(id, reply);
    expect(feedback).toShow(say(`needs.${sort}`));
    expect(feedback).toShow(said('headings.stayed'));
  });

  it('ideas that were asked for do not move away; a bright side does', async () => {
    expect(await answers('landlord', 'You should call the council.')).not.toShow(said('headings.moved'));
    expect(await answers('landlord', 'At least you have a roof over your head.')).toShow(said('headings.moved'));
  });

  it('a plain question about danger comes first', async () => {
    const feedback = await answers('new-baby', 'Are you thinking of killing yourself?', 'harder');
    expect(feedback).toShow(say('help'));
    expect(await answers('dog', 'I am so sorry.')).not.toShow(say('help'));
  });
});

describe('danger', () => {
  it.each(['done-with-everything', 'phone-check'])('%s: words for staying and /crisis, and no reading', async (id) => {
    const { stays, unheard } = scenarioOf(id);
    for (const reply of ['You should leave.', 'I am so sorry.', 'ok']) {
      const feedback = await answers(id, reply);
      for (const one of [say('danger'), stays.say, unheard, somebody.before[1] ?? '-']) expect(feedback).toShow(one);
      expect(actionsOf(feedback)).toContain('crisis:open');
      expect(feedback).not.toShow(said('headings.stayed'));
      expect(feedback).not.toShow(said('headings.moved'));
    }
  });

  it('where it may be about either, there are words for both', async () => {
    const asked = await answers('new-baby', 'I am glad you wrote. So you want to die.', 'harder');
    for (const one of [said('danger.oneself'), scenarioOf('new-baby').harder.stays.say]) expect(asked).toShow(one);
  });

  it('in the words of the one who practises: words for them', async () => {
    const feedback = await answers('dog', 'honestly i want to die too');
    expect(feedback).toShow(`**${said('danger.oneself')}**\n- ${oneself.first[1]}`);
    expect(feedback).not.toShow(said('headings.stayed'));
    expect(await answers('dog', 'he hits me too')).toShow(oneself.whenSomebodyHurtsYou[0] ?? '-');
    const felt = await step(await openAt('dog'), 'practice:feel', 'they want to die');
    expect(actionsOf(felt)).toContain('crisis:open');
    expect(actionsOf(await step(await openAt('dog'), 'practice:feel', 'sad'))).not.toContain('crisis:open');
  });
});

describe('everything fits', () => {
  it.each([...scenarios.keys()])('%s, with the longest answers', async (id) => {
    for (const form of ['first', 'harder']) {
      const panel = await openAt(id, form);
      for (const one of ['*', 'At least it is over. How are you? I am here. ']) {
        const words = (max: number) => one.repeat(Math.floor(max / one.length));
        const felt = await step(panel, 'practice:feel', words(300));
        const feedback = await step(panel, 'practice:answer', words(1000));
        for (const view of [felt, feedback]) {
          expect(sizeOf(view).text).toBeLessThan(4_000);
          expect(sizeOf(view).text).toBeGreaterThan(0);
        }
      }
    }
  });
});
