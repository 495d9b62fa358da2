import { z } from 'zod';
import { by, customIds } from '#panels/custom-ids';
import { bullets, button, legibly, row, small } from '#panels/ui';
import { tellLog } from '#panels/write';
import { counted, filled, line } from '#words';
import { check, type Finding, goneRoles } from '../checking.ts';
import { leftOver, removeLeftOver } from '../leftover.ts';
import { ids as panelIds } from '../panel.ts';
import { withoutGone } from '../permissions.ts';
import { panelState, section } from '../section.ts';

/** The bot checks itself: how much there is to mend, on the first page; and each thing in words, on its own. */

const ids = customIds('setup', {
  tidy: by('button', panelState),
  removeLeftOver: by('button', panelState),
});

/** What is wrong, what does not work because of it, and how to mend it. */
const plain = { title: line(60), effect: line(300), mend: line(400) };
const simple = z.strictObject({ ...plain, what: line(200) });
const aboutNumber = z.strictObject({ ...plain, what: counted(200) });
const aboutChannels = z.strictObject({ ...plain, what: filled(700, 'channels') });

const wordsSchema = z.strictObject({
  heading: line(80),
  allWell: line(200),
  toMend: counted(100),
  unsure: line(300),
  open: line(80),
  again: line(80),
  tidy: line(80),
  moreChannels: counted(60),
  moreFound: counted(150),
  remove: line(80),
  removed: filled(700, 'commands'),
  notRemoved: line(200),
  removedBy: filled(700, 'who', 'commands'),
  unseenThreads: filled(700, 'channels'),
  permissions: z.strictObject({ ViewChannel: line(40), SendMessages: line(40) }),
  found: z.strictObject({
    cannotRead: simple,
    entryPoint: simple,
    notTaken: simple,
    clock: aboutNumber,
    gone: aboutChannels,
    noView: aboutChannels,
    noHistory: aboutChannels,
    noConnect: aboutChannels,
    rolesGone: aboutNumber,
    leftOver: z.strictObject({ ...plain, what: filled(700, 'commands') }),
    logGone: simple,
    noLog: z.strictObject({ ...plain, what: filled(300, 'channel', 'permissions') }),
  }),
});
type Words = z.output<typeof wordsSchema>;

const mostNamed = 20;
const named = (channels: readonly string[], { moreChannels }: Words) => {
  const names = channels.slice(0, mostNamed).map((id) => `<#${id}>`);
  const more = channels.length - names.length;
  return [...names, ...(more > 0 ? [moreChannels({ n: more })] : [])].join(' ');
};

const codes = (commands: readonly string[]) =>
  commands.map((name) => `\`${legibly(name).replaceAll('`', '')}\``).join(' ');

/** What was found, in words. */
function saidOf(finding: Finding, words: Words, locale: string): string {
  const { found } = words;
  switch (finding.what) {
    case 'cannotRead':
    case 'entryPoint':
    case 'notTaken':
    case 'logGone':
      return found[finding.what].what;
    case 'clock':
    case 'rolesGone':
      return found[finding.what].what({ n: finding.n });
    case 'leftOver':
      return found.leftOver.what({ commands: codes(finding.commands) });
    case 'noLog': {
      const permissions = finding.permissions.map((name) => `**${words.permissions[name]}**`);
      const list = new Intl.ListFormat(locale).format(permissions);
      return found.noLog.what({ channel: `<#${finding.channel}>`, permissions: list });
    }
    default:
      return found[finding.what].what({ channels: named(finding.channels, words) });
  }
}

/** A message holds 4,000 characters, and what is said besides needs some. */
const room = 2_800;

/** As many as one message holds, and how many there are besides. */
function told(findings: readonly Finding[], words: Words, locale: string): string[] {
  const all = findings.map((finding) => {
    const { title, effect, mend } = words.found[finding.what];
    return `**${title}**\n${saidOf(finding, words, locale)} ${effect}\n${mend}`;
  });
  let left = room;
  const shown = all.filter((one) => {
    left -= one.length;
    return left >= 0;
  });
  return [...shown, ...(shown.length < all.length ? [words.moreFound({ n: all.length - shown.length })] : [])];
}

export default section({
  id: 'checks',
  order: 5,
  page: 'checks',
  words: wordsSchema,
  ids,
  uses: ['guilds', 'minutesAhead', 'readsMessages', 'untaken'],
  async front(shown, ctx) {
    const { words } = ctx;
    const { findings, unsure } = await check(shown, ctx);
    const n = findings.length;
    const titles = findings.map(({ what }) => words.found[what].title);
    const door = panelIds.to.page({ page: 'checks', at: '', ...shown.state });
    return [
      n > 0
        ? `**${words.heading}**: ${words.toMend({ n })}\n${bullets(titles)}`
        : `**${words.heading}**: ${unsure ? words.unsure : words.allWell}`,
      row(button(door, words.open, { style: n > 0 ? 'primary' : 'secondary' })),
    ];
  },
  async view(shown, ctx) {
    const { words } = ctx;
    const { asked, state } = shown;
    const [checked, commands] = await Promise.all([check(shown, ctx), leftOver(asked)]);
    const { unseenThreads } = checked;
    const isLeft = commands !== undefined && commands.length > 0;
    const findings = [...checked.findings, ...(isLeft ? [{ what: 'leftOver', commands } as const] : [])];
    const unsure = checked.unsure || commands === undefined;
    const isGone = findings.some(({ what }) => what === 'gone' || what === 'rolesGone');
    return [
      `### ${words.heading}`,
      unsure && words.unsure,
      findings.length === 0 && !unsure && words.allWell,
      ...told(findings, words, asked.locale),
      unseenThreads.length > 0 && small(words.unseenThreads({ channels: named(unseenThreads, words) })),
      row(
        button(panelIds.to.page({ page: 'checks', at: '', ...state }), words.again),
        isGone && button(ids.to.tidy(state), words.tidy, { style: 'primary' }),
        isLeft && button(ids.to.removeLeftOver(state), words.remove, { style: 'danger' }),
      ),
    ];
  },
  on: {
    async removeLeftOver(press, state, { words, guildWords, show, allows, guilds }) {
      if (!(await allows(press, state))) return;
      await press.deferUpdate();
      const removed = await removeLeftOver(press);
      const commands = codes(removed ?? []);
      const { channel } = guilds.settings(press.guildId).settings.log;
      const told = guildWords.removedBy({ who: `<@${press.user.id}>`, commands });
      const notice = `**${removed ? words.removed({ commands }) : words.notRemoved}**`;
      await Promise.all([
        removed && channel !== null && tellLog(press.client, [channel], told),
        show(press, state, { notice }),
      ]);
    },
    async tidy(press, state, { change, allows, guilds }) {
      if (!(await allows(press, state))) return;
      // Discord is asked for roles before, and for all else after it: that may take longer than a press may wait.
      await press.deferUpdate();
      const { settings } = guilds.settings(press.guildId);
      const gone = new Set(await goneRoles({ asked: press, settings }));
      return change(press, state, (now) => {
        const changes = withoutGone(now, press) ?? {};
        const { exempt = now.exempt } = changes;
        return { ...changes, exempt: { ...exempt, roles: exempt.roles.filter((id) => !gone.has(id)) } };
      });
    },
  },
});
