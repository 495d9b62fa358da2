/** Talk in support channels: somebody posts, others answer, in replies of Discord's and without; some edit, some delete. */
import { answering, message, pick, type Written } from '../traffic.ts';
import { type Guild, numbers, type Packet } from '../world.ts';
import type { Crowd, Room } from './crowd.ts';
import { readTexts, type Texts } from './texts.ts';

/**
 * What a room can be asked for; older messages are forgotten. In each second room people begin anew after a few: where
 * fifty are read, the detector hears danger in nearly every one of these texts' conversations, and nobody is noted.
 */
const mostHeard = { long: 120, short: 10 };
/** Parts of all messages. */
const parts = { newPost: 0.12, posterBack: 0.06, inARow: 0.08, refers: 0.55, edited: 0.03, deleted: 0.02 };

type Said = Written & { answers?: string };
type Place = Room & {
  most: number;
  heard: Said[];
  post?: Said;
  left?: ReturnType<Texts['post']>['replies'];
};

export type Talk = {
  /** The next message, written now, and what happens to an earlier one. */
  next(): Packet[];
  /** What a channel answers when it is asked for messages: the latest first. */
  around(channel: string, id: string, limit: number): object[];
  one(channel: string, id: string): object | undefined;
};

/** @param id a snowflake of now */
export function createTalk({ rooms }: Crowd, seed: number, id: () => string, now: () => number): Talk {
  const random = numbers(seed + 3);
  const texts = readTexts(random);
  const places: Place[] = rooms.map((room, at) => ({
    ...room,
    most: at % 2 === 0 ? mostHeard.long : mostHeard.short,
    heard: [],
  }));
  const byChannel = new Map(places.map((place) => [place.channel, place]));

  /** A few channels are much busier than the rest. */
  const somewhere = () => places[Math.floor(random() ** 2 * places.length)] ?? pick(places, random);
  const somebody = ({ people }: Guild, besides?: object) => {
    const one = pick(people, random);
    return one.user === besides ? pick(people, random) : one;
  };

  function say(place: Place, who: Guild['people'][number], text: string, to?: Said): Packet {
    const plain = message(id(), { ...place.guild, text: [place.channel] }, who, text, now(), random);
    const said = (to ? answering(plain, to) : plain) as Said;
    place.heard.push({ ...said, ...(to && { answers: to.id }) });
    if (place.heard.length > place.most) place.heard.shift();
    return { t: 'MESSAGE_CREATE', d: said };
  }

  function open(place: Place): Packet {
    const { text, replies } = texts.post();
    const packet = say(place, somebody(place.guild), text);
    place.left = replies;
    const post = place.heard.at(-1);
    if (post) place.post = post;
    return packet;
  }

  function answer(place: Place, post: Said): Packet {
    const share = texts.share();
    const text = place.left?.[share].shift() ?? texts.reply(share);
    const last = place.heard.at(-1);
    const who =
      random() < parts.inARow && last && last.author !== post.author
        ? place.guild.people.find(({ user }) => user === last.author)
        : undefined;
    return say(
      place,
      who ?? somebody(place.guild, post.author),
      text,
      random() < parts.refers && !who ? post : undefined,
    );
  }

  /** Somebody puts right, or takes back, one of the last things that were said there. */
  function second({ heard, guild, channel }: Place): Packet[] {
    const chance = random();
    if (chance >= parts.edited + parts.deleted) return [];
    const at = heard.length - 1 - Math.floor(random() * 3);
    const one = heard[at];
    if (!one) return [];
    if (chance < parts.deleted) {
      heard.splice(at, 1);
      return [{ t: 'MESSAGE_DELETE', d: { id: one.id, channel_id: channel, guild_id: guild.id } }];
    }
    const edited = { ...one, content: `${one.content} x`, edited_timestamp: new Date(now()).toISOString() };
    heard[at] = edited;
    return [{ t: 'MESSAGE_UPDATE', d: edited }];
  }

  /** As REST tells it. */
  const told = ({ member: _, answers: __, ...rest }: Said): object => rest;

  return {
    next() {
      const place = somewhere();
      const { post } = place;
      const chance = random();
      if (!post || chance < parts.newPost) return [open(place)];
      const poster = place.guild.people.find(({ user }) => user === post.author);
      const said =
        chance < parts.newPost + parts.posterBack && poster
          ? say(place, poster, texts.post().text)
          : answer(place, post);
      return [said, ...second(place)];
    },
    around(channel, from, limit) {
      const heard = byChannel.get(channel)?.heard ?? [];
      const at = Math.max(
        0,
        heard.findIndex((one) => one.id === from),
      );
      const begin = Math.max(0, Math.min(at - limit / 2, heard.length - limit));
      return heard
        .slice(begin, begin + limit)
        .map(told)
        .reverse();
    },
    one(channel, from) {
      const found = byChannel.get(channel)?.heard.find((one) => one.id === from);
      return found && told(found);
    },
  };
}
