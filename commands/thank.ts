import { MessageFlags, MessageType } from 'discord.js';
import { z } from 'zod';
import { crisisButton, crisisWords } from '#panels/crisis';
import { customIds } from '#panels/custom-ids';
import { Refusal } from '#panels/refusal';
import { colour, frame, message, quote, row } from '#panels/ui';
import { menuNamed, messageMenu } from '#panels/unit';
import { line } from '#words';

/**
 * "Thank for listening": for whoever was answered. A fixed line reaches the replier in private if they receive thanks; the
 * answer here is the same either way.
 */

export default messageMenu({
  words: z.strictObject({
    ...menuNamed,
    ...{ heading: line(80), given: line(300), fixed: line(200), untold: line(300) },
    ...{ own: line(200), nobody: line(200), before: line(200), notTheirs: line(300), unclear: line(300) },
    ...{ old: line(200), danger: line(400), ...crisisWords },
  }),
  ids: customIds('thank', {}),
  contexts: ['server'],
  uses: ['thank'],
  async run(menu, { words, thank }) {
    const { author, content, id, mentions, reference, system, webhookId, type } = menu.targetMessage;
    if (author.id === menu.user.id) throw new Refusal(words.own);
    if (author.bot || system || webhookId !== null) throw new Refusal(words.nobody);
    const answers = type === MessageType.Reply ? reference?.messageId : undefined;
    await menu.deferReply({ flags: MessageFlags.Ephemeral });
    const asked = {
      ...{ guild: menu.guildId, channel: menu.channelId, by: menu.user.id, locale: menu.locale, nonce: menu.id },
      reply: {
        ...{ id, author: author.id, text: content, mentions: [...mentions.users.keys()] },
        ...(answers !== undefined && { answers }),
        ...(answers !== undefined && mentions.repliedUser && { to: mentions.repliedUser.id }),
      },
    };
    const said = {
      given: [`### ${words.heading}\n${words.given}`, quote(words.fixed), words.untold],
      before: [words.before],
      'not theirs': [words.notTheirs],
      unclear: [words.unclear],
      old: [words.old],
      danger: [words.danger, row(crisisButton(words))],
    };
    await thank(asked, (thanked) => menu.editReply(message(frame(colour.panel, ...said[thanked]))));
  },
  on: {},
});
