import type { ButtonInteraction } from 'discord.js';
import { z } from 'zod';
import { by, customIds } from '#panels/custom-ids';
import { button, colour, file, frame, legibly, message, row, small, whisper } from '#panels/ui';
import { type Ctx, command, named } from '#panels/unit';
import { filled, line } from '#words';

/** /privacy: what is read and kept; one's own data as a file, and the end of it. */

const wordsSchema = z.strictObject({
  ...named,
  heading: line(100),
  read: line(400),
  memory: line(300),
  kept: filled(300, 'nudges'),
  needs: filled(300, 'need'),
  where: line(300),
  here: filled(200, 'privacy'),
  everywhere: line(200),
  export: line(80),
  forget: line(80),
  exported: line(200),
  nothing: line(200),
  file: line(400),
  sure: line(400),
  forgetNow: line(80),
  keep: line(80),
  forgotten: line(200),
});
type Privacy = Ctx<z.output<typeof wordsSchema>, 'person' | 'mention' | 'now'>;
type Asked = { guildId: string | null };

const ids = customIds('privacy', {
  export: by('button'),
  forget: by('button'),
  forgetNow: by('button'),
  keep: by('button'),
});

const fileName = 'attune-data.json';

const view = ({ guildId }: Asked, { words, mention }: Privacy) =>
  frame(
    colour.panel,
    `### ${words.heading}\n${words.read}`,
    words.memory,
    words.kept({ nudges: mention('nudges') }),
    words.needs({ need: mention('need') }),
    words.where,
    row(button(ids.to.export({}), words.export), button(ids.to.forget({}), words.forget)),
    small(guildId === null ? words.everywhere : words.here({ privacy: mention('privacy') })),
  );

/** In a server what is kept there; elsewhere all of it. */
async function exported(press: ButtonInteraction, { words, person, now }: Privacy) {
  const rows = await person.kept(press.user.id, press.guildId ?? undefined);
  const kept = rows.map(({ guild, ...row }) => {
    const server = press.client.guilds.cache.get(guild)?.name;
    return { server: { id: guild, ...(server !== undefined && { name: legibly(server) }) }, ...row };
  });
  const data = { about: words.file, at: new Date(now()).toISOString(), kept };
  return {
    ...whisper(frame(colour.panel, rows.length > 0 ? words.exported : words.nothing, file(fileName))),
    files: [{ name: fileName, attachment: Buffer.from(`${JSON.stringify(data, undefined, 2)}\n`) }],
  };
}

export default command({
  words: wordsSchema,
  ids,
  contexts: ['server', 'bot-dm', 'dm'],
  installs: ['server', 'user'],
  uses: ['person', 'mention', 'now'],
  async run(slash, ctx) {
    await slash.reply(whisper(view(slash, ctx)));
  },
  on: {
    async export(press, _, ctx) {
      await press.reply(await exported(press, ctx));
    },
    async forget(press, _, { words }) {
      const answers = row(
        button(ids.to.forgetNow({}), words.forgetNow, { style: 'danger' }),
        button(ids.to.keep({}), words.keep),
      );
      await press.update(message(frame(colour.panel, words.sure, answers)));
    },
    async forgetNow(press, _, { words, person }) {
      await person.forget(press.user.id);
      await press.update(message(frame(colour.panel, words.forgotten)));
    },
    async keep(press, _, ctx) {
      await press.update(message(view(press, ctx)));
    },
  },
});
