import type { ButtonInteraction, ChatInputCommandInteraction, StringSelectMenuInteraction } from 'discord.js';
import { z } from 'zod';
import { wordsOf } from '#content/kinds';
import { by, customIds } from '#panels/custom-ids';
import { nudgesDoor } from '#panels/nudges-door';
import { button, choose, chooseSeveral, colour, day, frame, gap, headed, plainly, row, small } from '#panels/ui';
import { type Ctx, named } from '#panels/unit';
import type { Member } from '#store/members';
import { filled, line } from '#words';

/** The panel of /nudges: what most people need on its first page, what some like to choose behind "More". */

export const wordsSchema = z.strictObject({
  ...named,
  heading: filled(150, 'guild'),
  ...{ off: line(100), on: line(100), snoozed: filled(150, 'when') },
  ...{ what: line(300), read: line(300), kept: line(300) },
  ...{ turnOn: line(80), turnOff: line(80), snooze: line(80), wake: line(80) },
  ...{ pace: line(100), every: line(100), day: line(100), week: line(100) },
  ...{ posts: line(200), postsOut: line(200), leaveOut: line(80), letIn: line(80) },
  ...{ closed: filled(400, 'again'), closedThanks: filled(400, 'again'), again: line(80) },
  ...{ sampleSent: line(200), sampleFailed: line(200) },
  ...{ modeOff: line(200), modeObserve: line(200), cannotRead: line(200), noKinds: filled(200, 'more') },
  ...{ more: line(80), back: line(80), moreHeading: filled(150, 'guild'), moreOff: line(200) },
  kinds: z.strictObject({ heading: line(80), what: line(200), choose: line(100) }),
  landed: z.strictObject({ heading: line(80), what: line(300), on: line(200), start: line(80), stop: line(80) }),
  thanks: z.strictObject({ heading: line(80), what: line(300), on: line(200), start: line(80), stop: line(80) }),
});
type Words = z.output<typeof wordsSchema>;
export const uses = [
  ...(['choices', 'content', 'guilds', 'members', 'now', 'readsMessages', 'sendSample', 'stopNotes'] as const),
] as const;
export type Nudges = Ctx<Words, (typeof uses)[number]>;
export type Press = ButtonInteraction<'cached' | 'raw'> | StringSelectMenuInteraction<'cached' | 'raw'>;
type Asked = ChatInputCommandInteraction<'cached' | 'raw'> | Press;

const to = z.enum(['on', 'off']);
export const ids = customIds('nudges', {
  ...nudgesDoor.actions,
  on: by('button'),
  off: by('button'),
  snooze: by('button'),
  wake: by('button'),
  pace: by('choice'),
  posts: by('button', { to: z.enum(['out', 'in']) }),
  more: by('button'),
  back: by('button'),
  kinds: by('choice'),
  landed: by('button', { to }),
  thanks: by('button', { to }),
});

/** Why nobody gets a note in this guild at the moment, whatever a member chose. */
function waiting(guild: string, { guilds, readsMessages, words }: Nudges): string | undefined {
  const { mode } = guilds.settings(guild).settings.support;
  if (mode === 'off') return words.modeOff;
  if (mode === 'observe') return words.modeObserve;
  return readsMessages() ? undefined : words.cannotRead;
}

function status(member: Member, words: Words, now: number): string {
  if (!member.notes) return words.off;
  const until = member.snoozedUntil;
  return until !== undefined && until > now ? words.snoozed({ when: day(until) }) : words.on;
}

const guildOf = ({ guild }: Asked) => ({ guild: plainly(guild?.name ?? '…') });
const head = (heading: string, said: string) => `### ${heading}\n${said}`;

/** Which of the kinds that are in use here they want notes about. */
const wanted = (member: Member, { choices }: Nudges, guild: string) =>
  choices(guild).kinds.filter((kind) => !member.kindsOff.includes(kind));

/** The pace that a member has there: a faster one than the community allows is its fastest. */
const paceOf = ({ pace }: Member, paces: readonly Member['pace'][]) => (paces.includes(pace) ? pace : paces[0]);

export function firstView(member: Member, asked: Asked, ctx: Nudges, notice?: string) {
  const { words, now, choices } = ctx;
  const { guildId } = asked;
  const { notes, dms, postsLeftOut } = member;
  const { paces } = choices(guildId);
  const isSnoozed = member.snoozedUntil !== undefined && member.snoozedUntil > now();
  const cannotReach = notes && dms === 'closed';
  return frame(
    colour.panel,
    head(words.heading(guildOf(asked)), status(member, words, now())),
    cannotReach ? words.closed({ again: words.again }) : notes && notice,
    notes && wanted(member, ctx, guildId).length === 0 && words.noKinds({ more: words.more }),
    waiting(guildId, ctx),
    !notes && `${words.what}\n${words.read} ${words.kept}`,
    row(
      !notes && button(ids.to.on({}), words.turnOn, { style: 'success' }),
      cannotReach && button(ids.to.on({}), words.again, { style: 'success' }),
      notes && !isSnoozed && button(ids.to.snooze({}), words.snooze),
      notes && isSnoozed && button(ids.to.wake({}), words.wake),
      notes && button(ids.to.off({}), words.turnOff, { style: 'danger' }),
    ),
    notes &&
      row(
        choose(
          ids.to.pace({}),
          words.pace,
          paces.map((value) => ({ label: words[value], value, default: value === paceOf(member, paces) })),
        ),
      ),
    notes && small(`${words.read} ${words.kept}`),
    gap(),
    postsLeftOut ? words.postsOut : words.posts,
    row(
      postsLeftOut
        ? button(ids.to.posts({ to: 'in' }), words.letIn)
        : button(ids.to.posts({ to: 'out' }), words.leaveOut),
      button(ids.to.more({}), words.more),
    ),
  );
}

/** A thing that is off until somebody turns it on: what it is, and its switch. */
function switched(isOn: boolean, id: (state: { to: 'on' | 'off' }) => string, words: Words['landed' | 'thanks']) {
  return [
    headed(words.heading, isOn ? words.on : words.what),
    row(isOn ? button(id({ to: 'off' }), words.stop) : button(id({ to: 'on' }), words.start)),
  ];
}

export function moreView(member: Member, asked: Asked, ctx: Nudges) {
  const { words, content, choices } = ctx;
  const { notes, thanks, landed } = member;
  const chosen = wanted(member, ctx, asked.guildId);
  const cannotThank = thanks && !notes && member.dms === 'closed';
  const ofNotes = [
    headed(words.kinds.heading, words.kinds.what),
    row(
      chooseSeveral(
        ids.to.kinds({}),
        words.kinds.choose,
        choices(asked.guildId).kinds.map((kind) => ({
          label: wordsOf(content.kinds(asked.locale), kind).name,
          value: kind,
          default: chosen.includes(kind),
        })),
      ),
    ),
    ...switched(landed, ids.to.landed, words.landed),
    gap(),
  ];
  return frame(
    colour.panel,
    notes ? `### ${words.moreHeading(guildOf(asked))}` : head(words.moreHeading(guildOf(asked)), words.moreOff),
    ...(notes ? ofNotes : []),
    cannotThank && words.closedThanks({ again: words.again }),
    cannotThank && row(button(ids.to.thanks({ to: 'on' }), words.again, { style: 'success' })),
    ...switched(thanks, ids.to.thanks, words.thanks),
    gap(),
    row(button(ids.to.back({}), words.back)),
  );
}
