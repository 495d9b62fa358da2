import {
  type APIMessage,
  type APIMessageTopLevelComponent,
  ApplicationCommandOptionType,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  type Client,
  MessageFlags,
  Routes,
  SnowflakeUtil,
} from 'discord.js';
import { z } from 'zod';
import { crisisButton, crisisWords } from '#panels/crisis';
import { stepsForOneself } from '#panels/danger';
import { choiceOption } from '#panels/entries';
import { Refusal } from '#panels/refusal';
import { unlessGone } from '#panels/sent';
import { mayWriteHere } from '#panels/share';
import { colour, frame, message, moment, type Part, row, small, whisper } from '#panels/ui';
import { type Ctx, command, named, optionWords } from '#panels/unit';
import { needLasts, type Want, wants } from '#settings/want';
import type { Need } from '#store/needs';
import { filled, line } from '#words';
import { ids, isOver, type Line, lineView, lineWords, nobody, presenceIn, pressed, withPresence } from './line.ts';

/** /need: one calm line in the channel that says what somebody needs from those who answer them. */

const wordsSchema = z.strictObject({
  ...named,
  want: optionWords,
  wants: z.strictObject(
    Object.fromEntries(wants.map((want) => [want, line(100)])) as Record<Want, ReturnType<typeof line>>,
  ),
  note: optionWords,
  presence: optionWords,
  ...lineWords,
  holds: filled(300, 'when', 'need', 'nothing'),
  counts: line(200),
  changed: filled(200, 'link'),
  ended: line(200),
  nothingYet: line(200),
  gone: filled(300, 'when'),
  hidden: line(300),
  cannotWrite: line(200),
  danger: line(400),
  misread: line(200),
  own: line(200),
  over: line(200),
  youAreHere: line(200),
  amongOthers: line(300),
  small: z.array(line(80)).min(3),
  ...crisisWords,
});
type Words = z.output<typeof wordsSchema>;
const uses = ['content', 'hearDanger', 'needs', 'now', 'mention', 'spoke'] as const;
type NeedCtx = Ctx<Words, (typeof uses)[number]>;
type Asked = ChatInputCommandInteraction<'cached' | 'raw'>;
type Press = ButtonInteraction<'cached' | 'raw'>;

/** A command must be answered within three seconds; the line is looked at for a part of them, in ms. */
const patience = 1_500;

/** What is under way for a line, and for somebody in a channel: one thing after the other. */
const underway = new Map<string, Promise<unknown>>();
function inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
  const mine = (underway.get(key) ?? Promise.resolve()).then(work, work);
  underway.set(key, mine);
  const done = () => void (underway.get(key) === mine && underway.delete(key));
  mine.then(done, done);
  return mine;
}

type Shown = APIMessageTopLevelComponent[];
/** The line as it stands now; `hidden` where the bot is not let to see it, or not soon enough. */
async function shownNow({ rest }: Client, channel: string, id: string): Promise<Shown | 'gone' | 'hidden'> {
  const signal = AbortSignal.timeout(patience);
  try {
    const found = (await unlessGone(rest.get(Routes.channelMessage(channel, id), { signal }))) as
      | APIMessage
      | undefined;
    return found ? (found.components as Shown) : 'gone';
  } catch {
    return 'hidden';
  }
}

/** Shows the line anew; false where that cannot be done. */
async function change({ rest }: Client, channel: string, id: string, components: Shown): Promise<boolean> {
  const body = { components, flags: MessageFlags.IsComponentsV2, allowed_mentions: { parse: [] } };
  return rest.patch(Routes.channelMessage(channel, id), { body }).then(
    () => true,
    () => false,
  );
}

const told = (...parts: Part[]) => whisper(frame(colour.panel, ...parts));

/** How long it holds, how to change it, and what else it is for. */
const holds = ({ words, mention }: NeedCtx, since: number) => [
  words.holds({ when: moment(since + needLasts), need: mention('need'), nothing: words.wants.nothing }),
  small(words.counts),
];

async function save(asked: Asked, need: Need, { needs, spoke }: NeedCtx): Promise<void> {
  const { id, guildId: guild, channelId: channel, user, createdTimestamp: at } = asked;
  await needs.put(guild, channel, user.id, need);
  spoke({ id, guild, channel, author: user.id, at });
}

/** Posts a line. */
async function post(asked: Asked, line: Line, ctx: NeedCtx): Promise<void> {
  const { want, since } = line;
  const { resource } = await asked.reply({ ...message(lineView(line, ctx.guildWords)), withResponse: true });
  const id = resource?.message?.id;
  if (id === undefined) throw new TypeError('Discord did not say which message it is');
  try {
    await save(asked, { want, since, message: id }, ctx);
  } catch (error) {
    // A line that does not count must not stand there.
    await asked.deleteReply();
    throw error;
  }
  await asked.followUp(told(...holds(ctx, since)));
}

/** Changes the line that stands there: one new line a day is enough. */
async function edit(asked: Asked, line: Line, before: Need, ctx: NeedCtx): Promise<unknown> {
  const { client, guildId: guild, channelId: channel, options } = asked;
  const { words } = ctx;
  const { message: id } = before;
  const { want, since } = line;
  const shown = await shownNow(client, channel, id);
  const postedAt = SnowflakeUtil.timestampFrom(id);
  if (shown === 'gone' && isOver(postedAt, since) && want !== 'nothing') return post(asked, line, ctx);
  await asked.deferReply({ flags: MessageFlags.Ephemeral });
  await save(asked, { want, since, message: id }, ctx);
  const answer = (...lines: string[]) => asked.editReply(message(frame(colour.panel, ...lines)));
  if (shown === 'gone' && want !== 'nothing') return answer(words.gone({ when: moment(postedAt + needLasts) }));
  if (shown === 'hidden') return answer(words.hidden);
  if (shown !== 'gone') {
    const presence = (options.getBoolean('presence') ?? true) ? (presenceIn(shown) ?? line.presence) : undefined;
    const isChanged = await change(client, channel, id, lineView({ ...line, presence }, ctx.guildWords));
    if (!isChanged) return answer(words.hidden);
  }
  if (want === 'nothing') return answer(words.ended);
  return answer(
    words.changed({ link: `https://discord.com/channels/${guild}/${channel}/${id}` }),
    ...holds(ctx, since),
  );
}

async function say(asked: Asked, note: string | undefined, ctx: NeedCtx): Promise<unknown> {
  const { guildId, channelId, options, user } = asked;
  const { needs, now, words } = ctx;
  const want = wants.find((one) => one === options.getString('want')) ?? 'unsure';
  const before = await needs.of(guildId, channelId, user.id, now());
  const presence = options.getBoolean('presence') ? nobody : undefined;
  const line: Line = { who: user.id, want, note, since: now(), presence };
  if (before) return inTurn(before.message, () => edit(asked, line, before, ctx));
  return want === 'nothing' ? asked.reply(told(words.nothingYet)) : post(asked, line, ctx);
}

/** "I'm here": a name comes or goes, and nothing of it is kept but in the line. */
async function come(press: Press, ctx: NeedCtx): Promise<void> {
  const { client, channelId, message: line, user } = press;
  const { words, guildWords } = ctx;
  const now = await shownNow(client, channelId, line.id);
  if (now === 'gone') throw new Refusal(words.over);
  const shown = now === 'hidden' ? (line.components.map((part) => part.toJSON()) as Shown) : now;
  const before = presenceIn(shown);
  // It was changed while the press was on its way.
  if (!before) throw new Refusal(words.over);
  const after = pressed(before, user.id);
  await press.editReply(message(withPresence(shown, after, guildWords)));
  if (after.people.length < before.people.length) return;
  const isNamed = after.people.includes(user.id);
  // What to write, for whoever would like to: another choice each time.
  const at = Number(BigInt(press.id) % BigInt(words.small.length));
  const two = [0, 1].map((more) => `> ${words.small[(at + more) % words.small.length]}`);
  await press.followUp(told(...(isNamed ? [words.youAreHere, two.join('\n')] : [words.amongOthers])));
}

export default command({
  words: wordsSchema,
  ids,
  contexts: ['server'],
  uses,
  options: (say) => [
    choiceOption(
      say(({ want }) => want),
      wants.map((value) => ({ value, ...say(({ wants }) => ({ name: wants[value], description: '' })) })),
      true,
    ),
    { type: ApplicationCommandOptionType.String, ...say(({ note }) => note), max_length: 150 },
    { type: ApplicationCommandOptionType.Boolean, ...say(({ presence }) => presence) },
  ],
  async run(asked, ctx) {
    const note = asked.options.getString('note')?.trim() || undefined;
    const { words, content, hearDanger } = ctx;
    if (!mayWriteHere(asked)) throw new Refusal(words.cannotWrite);
    // Doubt is enough: an answer that was not needed is better than somebody who was missed.
    const heard = note === undefined ? undefined : await hearDanger(note, asked.locale);
    if (heard) {
      const steps = stepsForOneself(content, asked.locale, heard.voiced);
      await asked.reply(told(words.danger, steps, row(crisisButton(words)), small(words.misread)));
      return;
    }
    await inTurn(`${asked.channelId}:${asked.user.id}`, () => say(asked, note, ctx));
  },
  on: {
    async here(press, { until }, ctx) {
      const { words, now } = ctx;
      if (press.message.interactionMetadata?.user.id === press.user.id) throw new Refusal(words.own);
      if (until * 1000 <= now()) throw new Refusal(words.over);
      if (!mayWriteHere(press)) throw new Refusal(words.cannotWrite);
      // Many may press at the same time, and each waits for its turn.
      await press.deferUpdate();
      await inTurn(press.message.id, () => come(press, ctx));
    },
  },
});
