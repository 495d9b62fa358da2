import type { MessageComponentInteraction, ModalSubmitInteraction } from 'discord.js';
import { z } from 'zod';
import type { Actions } from '#panels/custom-ids';
import { type OpenedBy, openedBy } from '#panels/managing';
import type { Reach } from '#panels/reach';
import type { Service, Services } from '#panels/services';
import type { Part } from '#panels/ui';
import { type Ctx, handed, makeOwner, type Owner, type OwnerSpec } from '#panels/unit';
import type { Changes, Settings } from '#settings/settings';
import type { Also } from '#store/guilds';
import { loadFile, type Spoken } from '#words';
import type { Told } from './told.ts';

/** A section of /setup: what it shows of the settings, and what it changes. One file of sections/, its words beside. */

/**
 * What every custom id of the panel ends with. `revision`: the settings that the panel shows. `by`: how its opener came
 * to /setup: by Manage Server, or because an admin allowed it in Discord's own command permissions, which a press does
 * not tell.
 */
export const panelState = { revision: z.coerce.number().int().min(0), by: openedBy };
export type PanelState = { revision: number; by: OpenedBy };

/** The pages of the panel: the first that is seen, and those that its buttons lead to. */
export const pages = [
  'start',
  'checks',
  'channels',
  'exempt',
  'notes',
  'tags',
  'crisis',
  'log',
  'community',
  'trial',
  'keep',
] as const;
export type Page = (typeof pages)[number];

type Place = 'cached' | 'raw';
export type Press = MessageComponentInteraction<Place> | ModalSubmitInteraction<Place>;
export type Asked = Pick<Press, 'client' | 'guild' | 'guildId' | 'memberPermissions' | 'locale' | 'guildLocale'>;

/** Settings, as somebody is told of them. */
export type Telling = { asked: Asked; settings: Settings };

/** The panel as it is drawn once. */
export type Shown = Telling & {
  state: PanelState;
  /** Where on its page: which part of a list, which forum; '' at first. */
  at: string;
  /** What the bot may do in each channel: asked for once. `undefined`: Discord does not say. */
  reach(): Promise<ReadonlyMap<string, Reach> | undefined>;
};

/** What is saved together with settings, or not at all; and what is told of it, to the presser and in the log. */
export type Along = { also?: Also | undefined; told: readonly string[]; toldLog: readonly string[] };

/**
 * Where on the page, and what is said at its top. `kept`: what somebody typed that could not be saved, so that it can be
 * mended; of a change it is shown only then.
 */
export type Where = { at?: string; notice?: string; kept?: (state: PanelState) => Part[]; along?: Along };

/** Saves what `next` makes of the settings and draws the panel again, or says why not; nothing that somebody else changed is lost. */
export type Change = (
  press: Press,
  state: PanelState,
  next: (settings: Settings) => Changes,
  where?: Where,
) => Promise<unknown>;

/** What the handlers of a section can do with the panel that was pressed. */
export type Panel = {
  change: Change;
  /** Draws the section's page again. */
  show(press: Press, state: PanelState, where?: Where): Promise<unknown>;
  /** May this panel still be used, by this person? If it is too old that was answered, and it is false. @throws Refusal */
  allows(press: Press, state: PanelState): Promise<boolean>;
};

export type Section = {
  owner: Owner;
  page: Page;
  view(shown: Shown, services: Services): Part[] | Promise<Part[]>;
  /** What it says on the first page, where it stands on another. */
  front?: (shown: Shown, services: Services) => Part[] | Promise<Part[]>;
  tells(telling: Telling, services: Services): readonly Told[];
};

/** What a file of sections/ exports. Sections stand in the panel by their `order`. */
export type SectionFile = {
  id: string;
  order: number;
  uses: readonly Service[];
  load(data: string, panel: (services: Services, page: Page) => Panel): Section;
};

type Spec<W extends z.ZodType, A extends Actions, U extends Service> = OwnerSpec<W, A, U, 'server', Panel>;

export function section<W extends z.ZodType, A extends Actions, const U extends Service>(
  spec: Omit<Spec<W, A, U>, 'contexts'> & {
    /** As its file is called; its words are data/<language>/commands/setup/<id>.yaml. */
    id: string;
    order: number;
    /** Where it stands; the first page unless said. */
    page?: Page;
    view(shown: Shown, ctx: Ctx<z.output<W>, U>): Part[] | Promise<Part[]>;
    /** What it says on the first page, where it stands on another. */
    front?(shown: Shown, ctx: Ctx<z.output<W>, U>): Part[] | Promise<Part[]>;
    /** Every setting that it changes, by its name: a change is told in these words. */
    tells?(telling: Telling, ctx: Ctx<z.output<W>, U>): readonly Told[];
  },
): SectionFile {
  const { id, order, page = 'start', uses, view, front, tells } = spec;
  return {
    id,
    order,
    uses,
    load(data, panel) {
      const words = loadFile(data, `commands/setup/${id}.yaml`, spec.words) as Spoken<z.output<W>>;
      const owned: Spec<W, A, U> = { ...spec, contexts: ['server'] };
      return {
        owner: makeOwner(owned, words, (services) => panel(services, page)),
        page,
        view: (shown, services) => view(shown, handed(shown.asked, uses, words, services)),
        ...(front && { front: (shown, services) => front(shown, handed(shown.asked, uses, words, services)) }),
        tells: (telling, services) => tells?.(telling, handed(telling.asked, uses, words, services)) ?? [],
      };
    },
  };
}
