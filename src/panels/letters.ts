import type { ButtonInteraction } from 'discord.js';
import { z } from 'zod';
import type { Content } from '#content/content';
import type { Move } from '#detector/reading';
import { by, customIds, snowflake } from '#panels/custom-ids';
import { Refusal } from '#panels/refusal';
import { button, colour, frame, message, plainly, quote, row, small, whisper } from '#panels/ui';
import { type Ctx, makeOwner, type Owner } from '#panels/unit';
import { filled, line, loadFile, type Spoken } from '#words';

/** What comes in private besides notes, to those who chose it: that a reply lands well, and thanks for listening. */

const choice = {
  ...{ heading: line(80), honest: line(200), off: line(80), turnOn: line(80) },
  ...{ turnedOff: filled(300, 'guild'), turnedOn: filled(300, 'guild') },
};
export const letterWords = z.strictObject({
  landed: z.strictObject({
    ...choice,
    about: filled(400, 'guild', 'link'),
    after: line(200),
    cannot: filled(300, 'guild', 'nudges'),
  }),
  thanks: z.strictObject({ ...choice, thanks: filled(400, 'guild', 'link'), more: line(200) }),
  gone: line(200),
});
export type LetterWords = z.output<typeof letterWords>;

const state = { guild: snowflake, what: z.enum(['landed', 'thanks']) };
// They live in direct messages, where Discord does not say which server they came from.
const ids = customIds('letter', { off: by('button', state), on: by('button', state) });

/** The message that a letter is about. */
export type Where = { guild: string; guildName: string; channel: string; message: string };

const placed = ({ guild, guildName, channel, message }: Where) => ({
  guild: plainly(guildName),
  link: `https://discord.com/channels/${guild}/${channel}/${message}`,
});
const sent = (...parts: Parameters<typeof frame>) => {
  const { components, flags } = message(frame(...parts));
  return { components, flags };
};

/** What of a reply stays with the person, quoted, and why. */
export function landedView(
  where: Where,
  { move, words: quoted }: { move: Move; words: string },
  { landed: words }: LetterWords,
  content: Content,
  locale?: string | null,
) {
  return sent(
    colour.note,
    small(words.heading),
    `${words.about(placed(where))}\n${quote(quoted)}`,
    content.feedback(locale).stays[move],
    words.after,
    small(words.honest),
    row(button(ids.to.off({ guild: where.guild, what: 'landed' }), words.off)),
  );
}

/** Thanks for one reply; `more`: others waited for this. Nobody is named, and nothing is counted. */
export function thanksView(where: Where, more: boolean, { thanks: words }: LetterWords) {
  return sent(
    colour.note,
    small(words.heading),
    words.thanks(placed(where)),
    more && words.more,
    small(words.honest),
    row(button(ids.to.off({ guild: where.guild, what: 'thanks' }), words.off)),
  );
}

type State = { guild: string; what: 'landed' | 'thanks' };
const uses = ['members', 'mention', 'server'] as const;
type LetterCtx = Ctx<LetterWords, (typeof uses)[number]>;

const named = async (guild: string, { server }: LetterCtx) => ({
  guild: plainly((await server(guild).catch(() => undefined))?.name ?? '…'),
});

const on = {
  async off(press: ButtonInteraction, { guild, what }: State, ctx: LetterCtx) {
    const { words, members } = ctx;
    if (what === 'thanks') await members.receiveThanks(guild, press.user.id, false);
    else await members.tellLanded(guild, press.user.id, false);
    const said = words[what].turnedOff(await named(guild, ctx));
    const again = row(button(ids.to.on({ guild, what }), words[what].turnOn));
    await press.reply(whisper(frame(colour.note, said, again)));
  },

  async on(press: ButtonInteraction, { guild, what }: State, ctx: LetterCtx) {
    const { words, members, mention, server } = ctx;
    if (!(await server(guild))) throw new Refusal(words.gone);
    if (what === 'thanks') await members.receiveThanks(guild, press.user.id, true);
    else if (!(await members.tellLanded(guild, press.user.id, true)))
      throw new Refusal(words.landed.cannot({ ...(await named(guild, ctx)), nudges: mention('nudges') }));
    await press.update(message(frame(colour.note, words[what].turnedOn(await named(guild, ctx)))));
  },
};

export function loadLetters(data: string): { words: Spoken<LetterWords>; owner: Owner } {
  const words = loadFile(data, 'letters.yaml', letterWords);
  return { words, owner: makeOwner({ words: letterWords, ids, contexts: ['bot-dm'], uses, on }, words) };
}
