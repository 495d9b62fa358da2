import type { Town, WorldEvent } from '@attune/town';

/** What happens again and again where the bot is a process of its own: Ana writes of a loss, and Ben moves on from it. */

export const sorrow = 'my mother died and the house is so quiet';
export const fix = 'you should see a therapist';

/** Mo turns notes on in #support, Ben asks for them at every time. */
export async function setUp(town: Town): Promise<void> {
  const [ben, mo] = [town.person('ben'), town.person('mo')];
  const panel = await mo.selects(await mo.runs('/setup'), 'setup:channels', ['#support']);
  await mo.presses(panel, 'setup:mode:on');
  const own = await ben.presses(await ben.runs('/nudges'), 'nudges:on');
  await ben.nextDm();
  await ben.selects(own, 'nudges:pace', ['every']);
}

export async function benFixes(town: Town, text = fix) {
  const post = await town.person('ana').says('#support', sorrow);
  return town.person('ben').repliesTo(post, text);
}

/** What Ben was sent by itself: neither an answer to a press, nor the sample of a note that everybody gets first. */
export const notes = (town: Town) =>
  town
    .person('ben')
    .dms.filter(({ author, interaction_metadata }) => author.id === town.bot.id && interaction_metadata === undefined)
    .slice(1);

/** What Discord does now and then: the event of a message that came before comes again. */
export function repeater(town: Town): (message: { id: string }) => void {
  const events: WorldEvent[] = [];
  town.on((event) => events.push(event));
  return ({ id }) => {
    const event = events.find(({ t, d }) => t === 'MESSAGE_CREATE' && (d as { id: string }).id === id);
    if (event) town.world.emit(event);
  };
}
