/** Plays a transcript in the town, in a server of its own, and tells what became of its last turn. */

import { userLook } from '@attune/town/world/guilds';
import { writeMessage } from '@attune/town/world/messages';
import { ChannelType } from 'discord-api-types/v10';
import { vi } from 'vitest';
import type { Decision } from '#nudge/nudge';
import type { Want } from '#settings/want';
import type { AttuneTown } from '../town.ts';
import { people, type Spoken, type Transcript, type Turn } from './transcript.ts';

const minute = 60_000;
/** Who writes through the proxy. */
const behind = 'robin';
/** Messages of one person that follow each other faster than this are one reply. */
const inARow = 0.25;

type Sent = { id: string; channel_id: string };

export type Played = {
  decision: Decision;
  /** Who got a note while it was played. */
  noted: string[];
  /** Whose message was taken for the post: a person, or the name that a proxy or bot brought. */
  about: string | undefined;
};

export const nameOf = (turn: Spoken): string => (turn.does === 'says' ? turn.who : turn.name);

export async function play(town: AttuneTown, talk: Transcript): Promise<Played> {
  const before = town.contacted();
  const scene = await setScene(town, talk);
  const messages = new Map<string, Sent>();
  const authors = new Map<string, string>();
  let last: Sent | undefined;
  for (const [at, turn] of talk.turns.entries()) {
    town.town.clock.advance(turn.minutes * minute);
    if (turn.does === 'edits' || turn.does === 'deletes') {
      await change(town, turn, talk, messages);
      continue;
    }
    if (turn.does === 'needs') {
      await scene.need(turn.who, turn.want);
      continue;
    }
    last = await scene.say(turn, turn.does === 'says' && turn.to ? messages.get(turn.to) : undefined);
    authors.set(last.id, nameOf(turn));
    if (turn.as) messages.set(turn.as, last);
    if (isHeard(talk, turn) && !goesOn(turn, talk.turns[at + 1])) await town.decisionOn(last);
  }
  if (!last) throw new Error(`${talk.id} has no turns`);
  const decision = await town.decisionOn(last);
  return { decision, noted: without(town.contacted(), before), about: authors.get(decision.post ?? '') };
}

/** Is there a decision to wait for? Others are heard too, but nothing of theirs has to settle. */
const isHeard = ({ observes, notes }: Transcript, turn: Spoken): boolean =>
  turn.does === 'says' && (observes || notes.includes(turn.who));

const goesOn = (turn: Spoken, next: Turn | undefined): boolean =>
  turn.does === 'says' && next?.does === 'says' && next.who === turn.who && next.minutes < inARow;

/** A server with all the people, set up as the transcript says; and how things are said in its place. */
async function setScene(attune: AttuneTown, talk: Transcript) {
  const { town, store } = attune;
  const forum = typeof talk.place === 'object' && 'forum' in talk.place ? talk.place : undefined;
  const guild = town.addGuild({
    name: talk.id,
    channels: ['support', 'checkin', { name: 'posts', type: ChannelType.GuildForum, tags: forum?.tags ?? [] }],
    people: [...people, behind],
  });
  const { revision, settings } = store.guilds.settings(guild.id);
  const channels = [...guild.channels];
  await store.guilds.save(guild.id, revision, {
    support: { ...settings.support, mode: talk.observes ? 'observe' : 'on', channels },
  });
  if (!talk.observes) for (const name of talk.notes) await store.members.turnOn(guild.id, town.person(name).id);
  for (const name of talk.leftOut) await store.members.leavePostsOut(guild.id, town.person(name).id, true);

  const channel = (name: string) => town.channel(`${talk.id}${name}`);
  const webhook = town.world.ids.next();
  const bots = new Map<string, ReturnType<typeof town.addPerson>>();
  const botNamed = (name: string) =>
    bots.get(name) ?? bots.set(name, town.addPerson(name, { guild, bot: true })).get(name);
  let place: { id: string } | undefined;

  const speak = async (turn: Spoken, where: { id: string }, to: Sent | undefined): Promise<Sent> => {
    if (turn.does === 'bot') return must(botNamed(turn.name)).says(where, turn.text);
    if (turn.does === 'proxy') {
      // As PluralKit does it: the writer's own message goes, and the channel's one webhook says it under the name.
      const own = await town.person(behind).says(where, turn.text);
      await town.person(behind).deletes(own);
      const author = { ...userLook(webhook, turn.name, true), username: turn.name, discriminator: '0000' };
      const draft = { author, content: turn.text, more: { webhook_id: webhook } };
      return writeMessage(town.world, must(town.world.channels.get(where.id)), draft).wire;
    }
    const text = withMentions(attune, turn.text);
    return town.person(turn.who).says(where, text, to ? { replyTo: to } : {});
  };

  /** The first message opens the thread or the forum post. */
  const open = async (turn: Spoken): Promise<Sent> => {
    if (typeof talk.place === 'string') {
      place = channel(talk.place);
      return speak(turn, place, undefined);
    }
    if (turn.does !== 'says') throw new Error(`${talk.id}: a person must open the thread or post`);
    const author = town.person(turn.who);
    if ('forum' in talk.place) {
      const { message, id } = await author.posts(channel('#posts'), talk.place.forum, withMentions(attune, turn.text), {
        tags: talk.place.tags,
      });
      place = { id };
      return message;
    }
    const starter = await speak(turn, channel(talk.place.under), undefined);
    const second = talk.turns[1];
    const opener = second?.does === 'says' ? town.person(second.who) : author;
    place = await opener.startsThread(starter, talk.place.thread);
    return starter;
  };

  /** In the channel or, once it is open, in the thread; all that comes of it has come when the member is told. */
  const need = async (who: string, want: Want): Promise<void> => {
    const member = town.person(who);
    const where = place ?? channel(typeof talk.place === 'string' ? talk.place : '#support');
    await member.runs('/need', { want }, { in: where });
    await vi.waitUntil(() => member.reads(where).at(-1)?.ephemeral);
  };

  return { say: (turn: Spoken, to: Sent | undefined) => (place ? speak(turn, place, to) : open(turn)), need };
}

async function change(
  town: AttuneTown,
  turn: Extract<Turn, { does: 'edits' | 'deletes' }>,
  { turns }: Transcript,
  messages: ReadonlyMap<string, Sent>,
): Promise<void> {
  const message = must(messages.get(turn.label));
  const writer = turns.find((one) => one.does === 'says' && one.as === turn.label);
  if (writer?.does !== 'says') throw new Error(`only people edit and delete: "${turn.label}"`);
  const author = town.town.person(writer.who);
  if (turn.does === 'deletes') await author.deletes(message);
  else await author.edits(message, withMentions(town, turn.text));
}

const withMentions = ({ town }: AttuneTown, text: string): string =>
  people.reduce(
    (sofar, name) => sofar.replace(new RegExp(`@${name}\\b`, 'g'), () => `<@${town.person(name).id}>`),
    text,
  );

/** What is left of a list when each of `gone` was taken out once. */
function without(list: readonly string[], gone: readonly string[]): string[] {
  const left = [...list];
  for (const one of gone) left.splice(left.indexOf(one), 1);
  return left;
}

function must<T>(thing: T | undefined): T {
  if (thing === undefined) throw new Error('The transcript speaks of something that is not there.');
  return thing;
}
