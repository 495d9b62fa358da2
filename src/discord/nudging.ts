import type { Client } from 'discord.js';
import type { Content } from '#content/content';
import { judge } from '#detector/judge';
import type { Detector } from '#detector/reading';
import { createFetching, type Fetching } from '#discord/around';
import type { Delivery } from '#discord/deliver';
import { type Hearing, isHeardIn, listen } from '#discord/hear';
import { replyReader } from '#feedback/read';
import type { Log } from '#log';
import type { Around } from '#nudge/conversation';
import type { Act } from '#nudge/heard';
import { termsIn } from '#nudge/in-use';
import { createListening } from '#nudge/listening';
import { createNudge, type Decision, type Note } from '#nudge/nudge';
import { languageOf } from '#panels/language';
import { type LetterWords, landedView } from '#panels/letters';
import { type NoteWords, noteView } from '#panels/note';
import { ownOpeners } from '#panels/own-words';
import { isThread, placesOf } from '#panels/places';
import { gentler } from '#settings/pace';
import { meaningOf } from '#settings/tags';
import { ofAReply } from '#store/counts';
import type { Store } from '#store/open';
import { dayOf } from '#store/times';
import type { Spoken } from '#words';

/** The nudge module on Discord: makes its ports, and hands it what is said in support channels. */
export type Nudging = {
  /** Listens on this client. */
  listen(client: Client): void;
  /** Opts a member out at once, also of a reply that is being written. */
  stopNotes(guild: string, user: string): Promise<void>;
  /** The same everywhere, and all that is kept of them goes. Tells where something was. */
  forget(user: string): Promise<string[]>;
  /** Somebody there made a choice that the claim asks for: notes that were claimed before go no further. */
  chose(guild: string): void;
  /** What was said around a message, where it may be read: in a support channel of a server that does not have it off. */
  around(guild: string, asked: Parameters<Fetching['around']>[1]): Promise<Around | undefined>;
  isRead(guild: string, channel: string): boolean;
  /** Somebody has answered those who reply to them, in another way than by a message. */
  spoke(act: Act): void;
  /** The bot is no longer in this server. */
  forgetGuild(guild: string): void;
  /** Deletes all that is kept of this server and its members, also what is on its way. */
  deleteServer(guild: string): Promise<void>;
  /** For a moment nothing could be heard in these servers. */
  missed(isThere: (guild: string) => boolean): void;
  /** Nothing more is heard or claimed; resolves when nothing is being decided. */
  close(): Promise<void>;
};

/** The standing of somebody of whom nothing is kept. */
const nobody = { notes: false, pace: 'day', dms: 'open' } as const;

export function createNudging(options: {
  /** The client in use: it changes when a connection had to be made anew. */
  client: () => Client;
  store: Store;
  detector: Detector;
  delivery: Delivery;
  content: Content;
  words: Spoken<NoteWords>;
  letters: Spoken<LetterWords>;
  settleMs: number;
  now: () => number;
  /** Are there few enough refused requests that more may be asked than must be? */
  mayAsk: () => boolean;
  log: Log;
  observe: (decision: Decision) => void;
}): Nudging {
  const { client, store, detector, delivery, content, words, letters, settleMs, now, mayAsk, log, observe } = options;

  const settings = (guild: string) => {
    const { revision, settings } = store.guilds.settings(guild);
    return { revision, ...settings, ...settings.support };
  };

  /**
   * Is it there, and a support channel or below one? A thread goes without a word when the channel above it goes. Until
   * the last shard has logged in, presses are not heard on the others either: then nobody gets what they cannot turn off.
   */
  const isSupport = (guild: string, channel: string): boolean => {
    const places = placesOf(client());
    return client().isReady() && places.has(channel) && isHeardIn(channel, settings(guild), places);
  };

  const isRead = (guild: string, channel: string) => settings(guild).mode !== 'off' && isSupport(guild, channel);

  /** How many choices were made in each server since the start. */
  const choices = new Map<string, number>();

  const chose = (guild: string) => void choices.set(guild, (choices.get(guild) ?? 0) + 1);

  const fetching = createFetching({ now, mayAsk });
  const around = (guild: string, asked: Parameters<Fetching['around']>[1]) =>
    fetching.around(client(), asked, (tag) => meaningOf(settings(guild).tags, tag));

  const letter = async ({ guild, channel, messages, post, shows, words: quoted }: Note) => {
    const { name = '…' } = client().guilds.cache.get(guild) ?? {};
    const language = languageOf(client(), store.guilds, guild);
    const message = messages[0] ?? '';
    const where = { guild, guildName: name };
    if ('move' in shows) {
      const stays = { move: shows.move, words: quoted };
      return landedView({ ...where, channel, message }, stays, letters(language), content, language);
    }
    const reply = { words: quoted, channel, message, to: post.by };
    const at = Number(BigInt(message) % 97n);
    const own = await ownOpeners(guild, store.ownPrompts);
    return noteView({ ...where, kind: shows.kind, reply, at, own }, words(language), content, language);
  };

  const nudge = createNudge({
    detector,
    judge,
    readOwn: replyReader(detector),
    terms: (guild) => termsIn(store.guilds.settings(guild).settings),
    now,
    settings,
    async standing(guild, channel, replier) {
      const { mode, revision, notes } = settings(guild);
      // While a guild only observes, members' own settings do not matter and are not looked up.
      const member = mode === 'observe' ? nobody : await store.members.of(guild, replier);
      const pace = gentler(member.pace, notes.fastest);
      return { mode: isSupport(guild, channel) ? mode : 'off', revision, member: { ...member, pace } };
    },
    leavesPostsOut: async (guild, poster) => (await store.members.of(guild, poster)).postsLeftOut,
    async needOf(guild, channel, poster) {
      const place = placesOf(client()).get(channel);
      // What somebody says in a thread is for that thread; what they say above it, for all that have none of their own.
      for (const at of place && isThread(place) && place.parentId ? [channel, place.parentId] : [channel]) {
        const need = await store.needs.of(guild, at, poster, now());
        if (need) return need;
      }
      return undefined;
    },
    around: (reply) => around(reply.guild, reply),
    inTurn: (guild, work) =>
      delivery.inTurn(guild, (send) => {
        // From before the claim: what is chosen right after it can be known here before the claim itself is.
        const before = choices.get(guild);
        return work(async (note, { nonce }, isWanted) => {
          const { channel, replier } = note;
          const isWantedThere = () =>
            isWanted() &&
            isSupport(guild, channel) &&
            choices.get(guild) === before &&
            // Not while the database is away either: nobody knows what was chosen elsewhere.
            store.members.hasNotes(guild, replier);
          const sent = await send({ user: replier, letter: await letter(note), nonce, isWanted: isWantedThere });
          if (sent === 'closed') await store.members.dmsClosed(guild, replier);
          if (sent === 'gone') await store.members.forget(guild, replier);
          return sent;
        });
      }),
    claim: (asked) => store.claim(asked),
    count: (guild, about, what) => {
      // Where all was deleted meanwhile, nothing of it comes back.
      if (settings(guild).revision === 0) return;
      if (about === 'landed') return store.counts.add(guild, dayOf(now()), ofAReply, 'landed');
      return store.counts.add(guild, dayOf(now()), about, what);
    },
    observe,
    onFault: (stage, error) => log.error({ err: error, stage }, 'a reply was left alone because something failed'),
  });

  const listening = createListening({
    settleMs,
    now,
    listensTo: ({ guild, author }) => {
      const { mode } = settings(guild);
      return mode === 'observe' || (mode === 'on' && store.members.hasNotes(guild, author));
    },
    onReply: (reply) => {
      store.days.read(reply.guild, dayOf(now()));
      return nudge.reply(reply);
    },
    onLeft: (left) => nudge.left(left),
  });

  const hearing = (guild: string): Hearing => {
    const { mode, channels, exempt } = settings(guild);
    return { channels: mode === 'off' ? [] : channels, exempt };
  };

  return {
    listen: (client) =>
      listen(client, hearing, {
        said: (message) => listening.heard(message),
        edited: (message) => listening.edited(message),
        deleted: (guild, channel, ids) => listening.deleted(guild, channel, ids),
        channelDeleted: (channel) => listening.channelDeleted(channel),
        failed: (err) => log.error({ err }, 'a message was not heard because something failed'),
      }),
    async stopNotes(guild, user) {
      listening.stopListening(guild, user);
      await store.members.turnOff(guild, user);
    },
    async forget(user) {
      for (const guild of client().guilds.cache.keys()) listening.stopListening(guild, user);
      const guilds = await store.person.forget(user);
      for (const guild of guilds) chose(guild);
      return guilds;
    },
    chose,
    isRead,
    around: async (guild, asked) => (isRead(guild, asked.channel) ? around(guild, asked) : undefined),
    spoke: (act) => {
      if (isSupport(act.guild, act.channel)) listening.spoke(act);
    },
    forgetGuild: (guild) => listening.forgetGuild(guild),
    async deleteServer(guild) {
      const drop = () => {
        listening.forgetGuild(guild);
        chose(guild);
      };
      drop();
      await store.forgetGuild(guild);
      // Once more: something may have been heard or claimed in between.
      drop();
    },
    missed: (isThere) => listening.missed(isThere),
    async close() {
      nudge.close();
      listening.close();
      await nudge.idle();
    },
  };
}
