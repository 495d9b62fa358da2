import type { Answer } from '@attune/town';
import { describe, expect, it } from 'vitest';
import { actionsOf } from '../components.ts';
import { mention, sentences } from '../sentences.ts';
import { type AttuneTown, onPostgres, openTown } from '../town.ts';

const say = sentences('commands/privacy.yaml');
const sorrow = 'my mother died and the house is so quiet';
const fix = 'you should see a therapist';

/** Ben has notes in Harbour, and his posts left out in Elsewhere. */
async function opened() {
  const town = await openTown({ support: '#support', nudged: ['ben'], settleMs: 300 });
  town.town.addGuild({ name: 'Elsewhere', owner: 'Mo', channels: ['support'], people: ['Ana', 'Ben'] });
  const there = { in: 'Elsewhere#support' };
  await expect.poll(() => town.ben.commands('Elsewhere#support')).toContain('/nudges');
  await town.ben.presses(await town.ben.runs('/nudges', {}, there), 'nudges:posts:out', there);
  return town;
}

type Data = { about: string; at: string; kept: Record<string, unknown>[] };
async function dataIn(answer: Answer): Promise<Data> {
  const [file] = 'attachments' in answer ? answer.attachments : [];
  expect(file).toMatchObject({ filename: 'attune-data.json', content_type: 'application/json' });
  return (await fetch(file?.url ?? '')).json() as Promise<Data>;
}
const rows = ({ town }: AttuneTown, place: string) => ({ id: town.guildNamed(place).id, name: place });

describe('/privacy', () => {
  it('says what is read, what is kept, and where, to the asker alone', async () => {
    await using town = await openTown();
    const panel = await town.ben.runs('/privacy', {}, { in: '#support' });
    expect(panel).toMatchObject({ ephemeral: true });
    for (const sentence of ['heading', 'read', 'memory', 'where']) expect(panel).toShow(say(sentence));
    expect(panel).toShow(say('needs', { need: mention(town.town, 'need') }));
    expect(panel).toShow(say('kept', { nudges: mention(town.town, 'nudges') }));
    expect(actionsOf(panel)).toEqual(['privacy:export', 'privacy:forget']);
  });

  it('in a server hands over what is kept there, and says how to get the rest', async () => {
    await using town = await opened();
    const panel = await town.ben.runs('/privacy', {}, { in: '#support' });
    expect(panel).toShow(say('here', { privacy: mention(town.town, 'privacy') }));
    const answer = await town.ben.presses(panel, 'privacy:export');
    expect(answer).toMatchObject({ ephemeral: true });
    expect(answer).toShow(say('exported'));
    const { about, kept } = await dataIn(answer);
    expect(about).toBe(say('file'));
    expect(kept).toEqual([
      expect.objectContaining({ server: rows(town, 'Harbour'), table: 'members', notes: 1, pace: 'day' }),
    ]);
    expect(JSON.stringify(kept)).not.toContain(town.ben.id);
  });

  it('in a direct message hands over what is kept anywhere', async () => {
    await using town = await opened();
    const panel = await town.ben.runs('/privacy', {}, { in: 'dm' });
    expect(panel).toShow(say('everywhere'));
    const { kept } = await dataIn(await town.ben.presses(panel, 'privacy:export'));
    expect(kept).toHaveLength(2);
    expect(kept).toContainEqual(expect.objectContaining({ server: rows(town, 'Elsewhere'), posts_left_out: 1 }));
  });

  it('hands nothing of anybody else over', async () => {
    await using town = await opened();
    for (const place of ['#support', 'dm']) {
      const answer = await town.cleo.presses(await town.cleo.runs('/privacy', {}, { in: place }), 'privacy:export');
      expect(answer).toShow(say('nothing'));
      expect((await dataIn(answer)).kept).toEqual([]);
    }
  });
});

describe('Forget me', () => {
  it('asks first; who keeps it keeps it', async () => {
    await using town = await opened();
    const asked = await town.ben.presses(await town.ben.runs('/privacy'), 'privacy:forget');
    expect(asked).toShow(say('sure'));
    expect(actionsOf(asked)).toEqual(['privacy:forgetNow', 'privacy:keep']);
    expect(await town.ben.presses(asked, 'privacy:keep')).toShow(say('heading'));
    expect(await town.store.person.kept(town.ben.id)).toHaveLength(2);
  });

  it('forgets them in every server, wherever it is pressed, and nobody else', async () => {
    await using town = await opened();
    await town.optIn('cleo');
    const asked = await town.ben.presses(await town.ben.runs('/privacy', {}, { in: '#general' }), 'privacy:forget');
    expect(await town.ben.presses(asked, 'privacy:forgetNow')).toShow(say('forgotten'));
    expect(await town.store.person.kept(town.ben.id)).toEqual([]);
    expect(await town.store.person.kept(town.cleo.id)).toHaveLength(1);
    await town.restart();
    const reply = await town.ben.repliesTo(await town.ana.says('#support', sorrow), fix);
    expect(await town.decisionOn(reply)).toMatchObject({ reason: 'not opted in' });
  });

  it('stops a reply that is being written', async () => {
    await using town = await opened();
    const asked = await town.ben.presses(await town.ben.runs('/privacy'), 'privacy:forget');
    const waiting = await town.ben.repliesTo(await town.ana.says('#support', sorrow), fix);
    await town.ben.presses(asked, 'privacy:forgetNow');
    expect(await town.decisionOn(waiting)).toMatchObject({ outcome: 'left alone', reason: 'not opted in' });
    expect(town.contacted()).toEqual([]);
  });

  it('stops one whose conversation is being fetched', async () => {
    // Another process may learn of it only when it claims the note.
    const reason = expect.stringMatching(onPostgres ? /^not (opted in|claimed)$/ : /^not opted in$/);
    await using town = await opened();
    const asked = await town.ben.presses(await town.ben.runs('/privacy', {}, { in: 'dm' }), 'privacy:forget');
    const fetched = town.town.faults.next('GET /channels/:id/messages', { delayAnswer: 300 });
    const reply = await town.ben.repliesTo(await town.ana.says('#support', sorrow), fix);
    await fetched;
    await town.ben.presses(asked, 'privacy:forgetNow');
    expect(await town.decisionOn(reply)).toMatchObject({ outcome: 'left alone', reason });
    expect(town.contacted()).toEqual([]);
  });
});

it.each(['Far away#lobby', '@ana'])('comes along as a personal app: %s', async (place) => {
  await using town = await opened();
  town.town.addGuild({ name: 'Far away', channels: ['lobby'], people: ['Ben', 'Ana'], bot: false });
  town.ben.addsApp();
  const panel = await town.ben.runs('/privacy', {}, { in: place });
  const { kept } = await dataIn(await town.ben.presses(panel, 'privacy:export'));
  expect(kept).toHaveLength(place === '@ana' ? 2 : 0);
  const asked = await town.ben.presses(panel, 'privacy:forget');
  expect(await town.ben.presses(asked, 'privacy:forgetNow')).toShow(say('forgotten'));
  expect(await town.store.person.kept(town.ben.id)).toEqual([]);
});
