import type {
  APIMessageTopLevelComponent,
  MessageComponentInteraction,
  ModalMessageModalSubmitInteraction,
} from 'discord.js';
import { z } from 'zod';
import { by, customIds, key } from '#panels/custom-ids';
import { goodFor, manages } from '#panels/managing';
import { reachIn } from '#panels/reach';
import { OldPanel, Refusal } from '#panels/refusal';
import type { Services } from '#panels/services';
import { button, colour, frame, gap, message, type Part, plainly, row, small, whisper } from '#panels/ui';
import { tellLog } from '#panels/write';
import type { Changes, Settings } from '#settings/settings';
import type { Also } from '#store/guilds';
import { filled, line, type Spoken } from '#words';
import { withoutGone } from './permissions.ts';
import {
  type Asked,
  type Page,
  type Panel,
  type PanelState,
  type Press,
  pages,
  panelState,
  type Section,
  type Where,
} from './section.ts';
import { asTheyAre, differences, fitting, type Told, toldWords } from './told.ts';

/** The panel of /setup as one message: its pages, who may press on it, and how a change is saved and told. */

/** The checks are opened from the line on the first page that tells of them. */
const others = pages.filter((page) => page !== 'start' && page !== 'checks');

export const panelWords = {
  heading: filled(150, 'guild'),
  what: filled(400, 'nudges'),
  more: line(80),
  pages: z.record(z.enum(others), line(80)),
  back: line(80),
  tooOld: line(200),
  openAgain: filled(250, 'setup'),
  saved: line(80),
  asItWas: line(200),
  changed: line(200),
  tooMany: line(250),
  notAllowed: line(200),
  logged: filled(200, 'who'),
  logFailed: filled(300, 'channel'),
  privacy: line(200),
  ...toldWords,
};
const schema = z.object(panelWords);
type Words = z.output<typeof schema>;

export const ids = customIds('setup', {
  page: by('button', { page: z.enum(pages), at: key(20), ...panelState }),
});

const isEqual = (one: object, other: object) => JSON.stringify(one) === JSON.stringify(other);

/** As much as every page has room for besides what it shows. */
const inRoom = (lines: readonly string[], { moreLines }: Words) => fitting(lines, moreLines, 2_400);

type Place = Where & { page?: Page };
type OnPanel = MessageComponentInteraction<'cached' | 'raw'> | ModalMessageModalSubmitInteraction<'cached' | 'raw'>;

/** A press on the panel, or a form that was opened from it. */
function onPanel(press: Press): OnPanel {
  if (!press.isModalSubmit()) return press;
  if (!press.isFromMessage()) throw new OldPanel();
  return press as ModalMessageModalSubmitInteraction<'cached' | 'raw'>;
}

/** The panel that was pressed shows these parts, also when the press was answered before. */
const redraw = (press: Press, parts: APIMessageTopLevelComponent[]): Promise<unknown> =>
  press.deferred || press.replied ? press.editReply(message(parts)) : onPanel(press).update(message(parts));

export function createPanel(spoken: Spoken<Words>, sections: () => readonly Section[], services: Services) {
  const tells = (asked: Asked, settings: Settings): Told[] =>
    sections().flatMap((section) => section.tells({ asked, settings }, services));

  async function draw(asked: Asked, by: PanelState['by'], place: Place = {}): Promise<APIMessageTopLevelComponent[]> {
    const { page = 'start', at = '', notice, kept } = place;
    const words = spoken(asked.locale);
    const { settings, revision } = services.guilds.settings(asked.guildId);
    const state = { revision, by };
    let reaching: ReturnType<typeof reachIn> | undefined;
    const reach = () => {
      reaching ??= reachIn(asked.client, asked.guildId);
      return reaching;
    };
    const shown = { asked, state, settings, at, reach };
    // A form that could not be saved stands alone: on a phone it would be out of sight above its page.
    const mending = kept?.(state);
    const views = (mending ? [] : sections()).flatMap(({ page: own, view, front }) => {
      if (own === page) return [view];
      return page === 'start' && front ? [front] : [];
    });
    const parts = await Promise.all(views.map((view) => view(shown, services)));
    const to = (to: Page, label: string) => button(ids.to.page({ page: to, at: '', ...state }), label);
    const doors = others
      .filter((one) => sections().some(({ page }) => page === one))
      .map((one) => to(one, words.pages[one]));
    const isStart = page === 'start';
    return frame(
      colour.panel,
      isStart && `### ${words.heading({ guild: plainly(asked.guild?.name ?? '…') })}`,
      isStart && words.what({ nudges: services.mention('nudges') }),
      ...parts.flatMap((own, nth): Part[] => (nth === 0 ? own : [gap(), ...own])),
      // Below what was pressed: a panel is taller than a phone, which shows its end.
      notice !== undefined && !mending && gap(),
      notice,
      ...(mending ?? []),
      gap(),
      ...(isStart
        ? [`**${words.more}**`, row(...doors.slice(0, 4)), row(...doors.slice(4)), small(words.privacy)]
        : [row(to('start', words.back))]),
    );
  }

  /** @throws Refusal */
  async function allows(press: Press, { by }: PanelState): Promise<boolean> {
    const words = spoken(press.locale);
    // Discord opens /setup only to those who may; it says so again in the press, except for those an admin allowed.
    if (by === 'manage' && !manages(press)) throw new Refusal(words.notAllowed);
    // Both times are Discord's own, so that it does not matter whether our clock is right.
    if (press.createdTimestamp - onPanel(press).message.createdTimestamp <= goodFor) return true;
    // Whether an admin still allows it, only Discord can say: when /setup is opened.
    if (!manages(press)) throw new Refusal(words.openAgain({ setup: services.mention('setup') }));
    await press.reply(whisper(await draw(press, by, { notice: `**${words.tooOld}**` })));
    return false;
  }

  /** What was saved: the settings before and after; or why nothing was. */
  async function save(press: Press, revision: number, next: (settings: Settings) => Changes, also?: Also) {
    const { guilds } = services;
    const { guildId } = press;
    const seen = guilds.settings(guildId);
    let before = seen.settings;
    // A reply that is being decided on is left alone when the settings change: let that be for a change.
    if (!also && seen.revision > 0 && isEqual({ ...before, ...next(before) }, before)) return { before, after: before };
    const made = (now: Settings) => {
      before = now;
      return next(now);
    };
    const saved = await guilds.save(guildId, revision, made, also).catch((error: unknown) => {
      // Discord has as many channels and roles as a list may hold; with those that are gone there can be more on it.
      if (error instanceof z.ZodError && error.issues.every(({ code }) => code === 'too_big'))
        return 'too many' as const;
      throw error;
    });
    if (saved !== 'saved') return saved;
    // What no longer exists goes with any change: with the next, if it does not now. This one is saved, and is told.
    const now = guilds.settings(guildId);
    if (withoutGone(now.settings, press)) {
      const go = guilds.save(guildId, now.revision, (settings) => withoutGone(settings, press) ?? {});
      await go.catch(() => undefined);
    }
    return { before, after: guilds.settings(guildId).settings };
  }

  async function change(
    press: Press,
    state: PanelState,
    next: (settings: Settings) => Changes,
    { kept, along, ...place }: Place,
  ): Promise<unknown> {
    if (!(await allows(press, state))) return undefined;
    const words = spoken(press.locale);
    const show = async (lines: readonly string[], more: Place = {}) => {
      const drawn = await draw(press, state.by, { ...place, ...more, notice: lines.join('\n') });
      return redraw(press, drawn);
    };
    const saved = await save(press, state.revision, next, along?.also);
    if (saved === 'too many') return show([`**${words.tooMany}**`], kept && { kept });
    if (saved === 'changed meanwhile') {
      const { settings } = services.guilds.settings(press.guildId);
      const wanted = { ...settings, ...next(settings) };
      const lines = asTheyAre(tells(press, settings), tells(press, wanted), words);
      return show([`**${words.changed}**`, ...inRoom(lines, words)], kept && { kept });
    }
    const { before, after } = saved;
    const changes = differences(tells(press, before), tells(press, after), words);
    const isSaved = changes.length > 0 || along?.also !== undefined;
    const lines = inRoom([...changes, ...(along?.told ?? [])], words);
    const shown = show([isSaved ? `**${words.saved}**` : words.asItWas, ...lines]);
    const [failed] = await Promise.all([logged(press, { before, after }, along?.toldLog), shown]);
    for (const channel of failed) {
      const said = words.logFailed({ channel: `<#${channel}>` });
      await press.followUp(whisper(frame(colour.panel, said)));
    }
  }

  /** Tells the log of the community, in its language. Gives the channels where that failed. */
  function logged(
    press: Press,
    { before, after }: { before: Settings; after: Settings },
    more: readonly string[] = [],
  ): Promise<string[]> {
    const channels = new Set([before.log.channel, after.log.channel].filter((id) => id !== null));
    const locale = press.guildLocale ?? press.locale;
    const { client, guild, guildId, memberPermissions, guildLocale } = press;
    const asked = { client, guild, guildId, memberPermissions, guildLocale, locale } as Asked;
    const words = spoken(locale);
    const lines = inRoom([...differences(tells(asked, before), tells(asked, after), words), ...more], words);
    if (lines.length === 0) return Promise.resolve([]);
    return tellLog(client, channels, words.logged({ who: `<@${press.user.id}>` }), ...lines);
  }

  /** What the sections of one page are handed. */
  const panelOf = (page: Page): Panel => ({
    change: (press, state, next, where) => change(press, state, next, { page, ...where }),
    async show(press, state, where) {
      if (!(await allows(press, state))) return undefined;
      return redraw(press, await draw(press, state.by, { page, ...where }));
    },
    allows,
  });
  return { draw, panelOf };
}
