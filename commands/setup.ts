import { ChannelType, type MessageComponentInteraction, PermissionFlagsBits } from 'discord.js';
import { z } from 'zod';
import { by, customIds } from '#panels/custom-ids';
import { placesOf } from '#panels/places';
import { reachIn } from '#panels/reach';
import { Refusal } from '#panels/router';
import { button, chooseChannels, colour, frame, gap, message, plainly, row, small, whisper } from '#panels/ui';
import { type Ctx, command, named } from '#panels/unit';
import type { Mode, Settings } from '#settings/settings';
import type { Count } from '#store/counts';
import { DAY, dayOf, MINUTE } from '#store/times';
import { filled, line } from '#words';

/** /setup: the moderators' panel: support channels, the mode, and what was counted. */

const words = z.strictObject({
  ...named,
  heading: filled(150, 'guild'),
  what: filled(400, 'nudges'),
  channels: line(100),
  channelsHint: line(200),
  modeOff: line(200),
  modeObserve: line(250),
  modeOn: line(200),
  off: line(80),
  observe: line(80),
  on: line(80),
  noChannels: line(200),
  lastDays: line(80),
  nothingYet: line(100),
  would: line(80),
  noted: line(80),
  askedFor: line(80),
  gone: filled(700, 'channels'),
  noView: filled(700, 'channels'),
  noHistory: filled(700, 'channels'),
  cannotRead: line(400),
  tooOld: line(200),
  openAgain: filled(250, 'setup'),
  changed: line(200),
  notAllowed: line(200),
  privacy: line(200),
});
type Words = z.output<typeof words>;
type Setup = Ctx<Words>;

const modes = ['off', 'observe', 'on'] as const satisfies readonly Mode[];
const modeWords = { off: 'modeOff', observe: 'modeObserve', on: 'modeOn' } as const;
const goodFor = 15 * MINUTE;

/**
 * `revision`: the settings that the panel shows. `by`: how its opener came to /setup: by Manage Server, or because an
 * admin allowed it in Discord's own command permissions, which a press does not tell.
 */
const state = { revision: z.coerce.number().int().min(0), by: z.enum(['manage', 'admin']) };
const ids = customIds('setup', {
  mode: by('button', { mode: z.enum(modes), ...state }),
  channels: by('channels', state),
});
type State = { revision: number; by: 'manage' | 'admin' };

const channelTypes = [
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ChannelType.GuildForum,
  ChannelType.GuildCategory,
];

type Asked = Pick<MessageComponentInteraction<'cached' | 'raw'>, 'client' | 'guild' | 'guildId' | 'memberPermissions'>;

const manages = (asked: Asked) => asked.memberPermissions.has(PermissionFlagsBits.ManageGuild);

const isGone = (id: string, { client, guild }: Asked) => guild?.available === true && !placesOf(client).has(id);

/** What keeps the bot from reading in the chosen channels, named exactly. */
async function faults(chosen: readonly string[], asked: Asked, words: Words): Promise<(string | false)[]> {
  if (chosen.length === 0 || !asked.guild) return [];
  const channels = await reachIn(asked.client, asked.guildId);
  // What is said in a category is said in its channels, which may have permissions of their own.
  const read = chosen.flatMap((id) => {
    const below = [...(channels ?? [])].filter(([, { parentId }]) => parentId === id).map(([child]) => child);
    return below.length > 0 ? below : [id];
  });
  const without = (permission: bigint) =>
    [...new Set(read)].filter((id) => channels?.get(id)?.may.has(permission) === false);
  const told = (say: Words['gone'], ids: readonly string[]) => {
    const shown = ids.slice(0, 20).map((id) => `<#${id}>`);
    return ids.length > 0 && say({ channels: [...shown, ...(ids.length > shown.length ? ['…'] : [])].join(' ') });
  };
  return [
    told(
      words.gone,
      chosen.filter((id) => isGone(id, asked)),
    ),
    told(words.noView, without(PermissionFlagsBits.ViewChannel)),
    told(words.noHistory, without(PermissionFlagsBits.ReadMessageHistory)),
  ];
}

/** "**Bright side came early** · 3 would have got a note", a line a kind, most first. */
function counted(counts: readonly Count[], ctx: Setup, locale: string): string {
  if (counts.length === 0) return ctx.words.nothingYet;
  const names = ctx.content.kinds(locale);
  const sums = new Map<string, Partial<Record<Count['what'], number>>>();
  for (const { kind, what, n } of counts) {
    const sum = sums.get(kind) ?? {};
    sums.set(kind, { ...sum, [what]: (sum[what] ?? 0) + n });
  }
  const labels = { would: ctx.words.would, noted: ctx.words.noted, 'asked for': ctx.words.askedFor } as const;
  const total = (sum: Partial<Record<Count['what'], number>>) => (sum.would ?? 0) + (sum.noted ?? 0);
  return [...sums]
    .sort(([, a], [, b]) => total(b) - total(a))
    .map(([kind, sum]) => {
      const parts = (Object.keys(labels) as Count['what'][]).flatMap((what) =>
        sum[what] ? [`${sum[what]} ${labels[what]}`] : [],
      );
      return `- **${Object.hasOwn(names, kind) ? names[kind as keyof typeof names].name : kind}**: ${parts.join(', ')}`;
    })
    .join('\n');
}

async function view(asked: Asked, by: State['by'], ctx: Setup, locale: string, notice?: string) {
  const { words, store, now } = ctx;
  const { settings, revision } = store.guilds.settings(asked.guildId);
  const counts = await store.counts.since(asked.guildId, dayOf(now() - 6 * DAY));
  const state = { revision, by };
  const present = settings.channels.filter((id) => !isGone(id, asked));
  return frame(
    colour.panel,
    notice && `**${notice}**`,
    `### ${words.heading({ guild: plainly(asked.guild?.name ?? '…') })}\n${words.what({ nudges: ctx.mention('nudges') })}`,
    !ctx.readsMessages() && words.cannotRead,
    ...(await faults(settings.channels, asked, words)),
    `**${words.channels}**\n${words.channelsHint}`,
    row(chooseChannels(ids.to.channels(state), words.channels, channelTypes, present.slice(0, 25))),
    words[modeWords[settings.mode]],
    settings.mode !== 'off' && settings.channels.length === 0 && words.noChannels,
    row(
      ...modes.map((mode) =>
        button(ids.to.mode({ mode, ...state }), words[mode], {
          style: mode === settings.mode ? 'primary' : 'secondary',
          disabled: mode === settings.mode,
        }),
      ),
    ),
    gap(),
    `**${words.lastDays}**\n${counted(counts, ctx, locale)}`,
    small(words.privacy),
  );
}

/** Saves a change made on a panel, or says why not; nothing that somebody else changed is lost. */
async function change(
  press: MessageComponentInteraction,
  state: State,
  ctx: Setup,
  next: (settings: Settings) => Settings,
) {
  if (!press.inGuild()) return;
  // Discord opens /setup only to those who may; it says so again in the press, except for those an admin allowed.
  if (state.by === 'manage' && !manages(press)) throw new Refusal(ctx.words.notAllowed);
  // Both times are Discord's own, so that it does not matter whether our clock is right.
  if (press.createdTimestamp - press.message.createdTimestamp > goodFor) {
    // Whether an admin still allows it, only Discord can say: when /setup is opened.
    if (!manages(press)) throw new Refusal(ctx.words.openAgain({ setup: ctx.mention('setup') }));
    await press.reply(whisper(await view(press, state.by, ctx, press.locale, ctx.words.tooOld)));
    return;
  }
  const { settings } = ctx.store.guilds.settings(press.guildId);
  const channels = settings.channels.filter((id) => !isGone(id, press));
  const saved = await ctx.store.guilds.save(press.guildId, state.revision, next({ ...settings, channels }));
  const notice = saved === 'saved' ? undefined : ctx.words.changed;
  await press.update(message(await view(press, state.by, ctx, press.locale, notice)));
}

export default command({
  type: 'slash',
  where: 'servers',
  permissions: PermissionFlagsBits.ManageGuild,
  words,
  ids,
  async run(interaction, ctx) {
    if (!interaction.inGuild()) return;
    const by = manages(interaction) ? 'manage' : 'admin';
    await interaction.reply(whisper(await view(interaction, by, ctx, interaction.locale)));
  },
  on: {
    mode: (press, { mode, ...state }, ctx) => change(press, state, ctx, (settings) => ({ ...settings, mode })),
    channels: (choice, state, ctx) =>
      change(choice, state, ctx, (settings) => ({ ...settings, channels: choice.values })),
  },
});
