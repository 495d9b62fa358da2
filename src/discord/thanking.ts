import { type Client, SnowflakeUtil } from 'discord.js';
import type { Detector } from '#detector/reading';
import type { Delivery } from '#discord/deliver';
import type { Nudging } from '#discord/nudging';
import type { Log } from '#log';
import { whoIsAnswered } from '#nudge/answered';
import { conversationOf, isDangerous } from '#nudge/conversation';
import type { HearDanger } from '#panels/danger';
import { languageOf } from '#panels/language';
import { type LetterWords, thanksView } from '#panels/letters';
import type { Thank, Thanked, Thanking } from '#panels/thanked';
import { ofAReply } from '#store/counts';
import type { Store } from '#store/open';
import { DAY, dayOf, WEEK } from '#store/times';
import type { Spoken } from '#words';

/**
 * Thanks for listening, from the one who was answered to the one who answered, in a fixed line. Whoever thanks is answered
 * before it is looked up whether the other receives thanks: neither the words nor the time tell.
 */

/** Later than this it is better said in one's own words; and for so long it is remembered that somebody has thanked. */
const longestMs = WEEK;

/** Who is thanked, and for which message; no text waits with it. */
type Thankworthy = { guild: string; channel: string; user: string; message: string; nonce: string };

export function createThanking(options: {
  client: () => Client;
  store: Pick<Store, 'guilds' | 'thanks' | 'counts' | 'members'>;
  /** Only where messages may be read is the conversation looked at. */
  nudging: Pick<Nudging, 'isRead' | 'around'>;
  detector: Detector;
  hearDanger: HearDanger;
  delivery: Delivery;
  words: Spoken<LetterWords>;
  now: () => number;
  log: Log;
}): Thank {
  const { client, store, nudging, detector, hearDanger, delivery, words, now, log } = options;

  /** What stands in the way of it, from what was said there; undefined: nothing does. */
  const hindranceInTalk = async ({ guild, channel, by, reply }: Thanking, at: number): Promise<Thanked | undefined> => {
    const { id, text, author: replier, answers } = reply;
    const around = await nudging.around(guild, {
      ...{ channel, messages: [id] },
      ...(answers !== undefined && { answers: { channel, id: answers } }),
    });
    if (!around) return 'unclear';
    const written = { messages: [id], at, ...(answers !== undefined && { answers }) };
    const conversation = await conversationOf(around, written, (said) => detector.readAlone(said, 'post'));
    const told = conversation.before.find((turn) => turn.id === answers)?.speaker.user;
    if (!isToldToBe(by, reply, told)) {
      if (answers !== undefined) return told === undefined ? 'unclear' : 'not theirs';
      const answered = whoIsAnswered(conversation, { text, replier });
      if ('nobody' in answered) return 'unclear';
      if (answered.poster.user !== by) return 'not theirs';
    }
    return isDangerous(conversation) ? 'danger' : undefined;
  };

  const hindrance = async (asked: Thanking, at: number): Promise<Thanked | undefined> => {
    const { guild, channel, by, reply, locale } = asked;
    if (now() - at > longestMs) return 'old';
    const { to } = reply;
    if (to !== undefined && to !== by) return 'not theirs';
    const found = nudging.isRead(guild, channel)
      ? await hindranceInTalk(asked, at)
      : isToldToBe(by, reply)
        ? undefined
        : 'unclear';
    if (found) return found;
    // A doubt is enough: what is meant as thanks may be a goodbye.
    return (await hearDanger(reply.text, locale)) ? 'danger' : undefined;
  };

  /** Tells whoever is thanked, if they want to know, as often as they do. */
  const tell = async ({ guild, channel, user, message, nonce }: Thankworthy): Promise<void> => {
    const isWanted = () => store.members.hasThanks(guild, user);
    if (!isWanted()) return;
    const ended = await delivery.inTurn(
      guild,
      async (send) => {
        const claimed = await store.thanks.claim(guild, user, now());
        if (!claimed) return undefined;
        const { name = '…' } = client().guilds.cache.get(guild) ?? {};
        const language = languageOf(client(), store.guilds, guild);
        const letter = thanksView({ guild, guildName: name, channel, message }, claimed.more, words(language));
        return send({ user, letter, nonce, isWanted });
      },
      'thanks',
    );
    if (ended === 'closed') await store.members.dmsClosed(guild, user);
    if (ended === 'gone') await store.members.forget(guild, user);
    if (ended === 'closed' || ended === 'failed' || ended === 'stopped') await store.thanks.wait(guild, user);
  };

  const give = async (asked: Thanking): Promise<Thanked> => {
    const { guild, by, reply } = asked;
    const at = SnowflakeUtil.timestampFrom(reply.id);
    const hindered = await hindrance(asked, at);
    if (hindered) return hindered;
    if (!(await store.thanks.give(guild, by, reply.id, at + longestMs + DAY))) return 'before';
    // Given is given: that it was not counted must not be in its way.
    await store.counts
      .add(guild, dayOf(now()), ofAReply, 'thanked')
      .catch((err: unknown) => log.error({ err }, 'thanks were not counted because something failed'));
    return 'given';
  };

  return async (asked, answer) => {
    const { guild, channel, nonce, reply } = asked;
    const thanked = await give(asked);
    try {
      await answer(thanked);
    } finally {
      if (thanked === 'given')
        tell({ guild, channel, nonce, user: reply.author, message: reply.id }).catch((err: unknown) =>
          log.error({ err }, 'thanks were not told because something failed'),
        );
    }
  };
}

/** Does it say by itself that it is to this person: by what it refers to, or else by a mention? */
const isToldToBe = (user: string, { to, mentions }: Thanking['reply'], found = to): boolean =>
  found === undefined ? mentions.includes(user) : found === user;
