import type { MessageComponentInteraction, ModalSubmitInteraction } from 'discord.js';
import { z } from 'zod';
import type { Actions } from '#panels/custom-ids';
import type { Service, Services } from '#panels/services';
import type { Part } from '#panels/ui';
import { type Ctx, handed, makeOwner, type Owner, type OwnerSpec } from '#panels/unit';
import type { Changes, Settings } from '#settings/settings';
import { loadFile, type Spoken } from '#words';

/** A section of /setup: what it shows of the settings, and what it changes. One file of sections/, its words beside. */

/**
 * What every custom id of the panel ends with. `revision`: the settings that the panel shows. `by`: how its opener came
 * to /setup: by Manage Server, or because an admin allowed it in Discord's own command permissions, which a press does
 * not tell.
 */
export const panelState = { revision: z.coerce.number().int().min(0), by: z.enum(['manage', 'admin']) };
export type PanelState = { revision: number; by: 'manage' | 'admin' };

type Place = 'cached' | 'raw';
export type Press = MessageComponentInteraction<Place> | ModalSubmitInteraction<Place>;
export type Asked = Pick<Press, 'client' | 'guild' | 'guildId' | 'memberPermissions' | 'locale' | 'guildLocale'>;

/** The panel as it is drawn once. */
export type Shown = { asked: Asked; state: PanelState; settings: Settings };

/** Saves the sections that `next` gives and draws the panel again, or says why not; nothing that somebody else changed is lost. */
export type Change = (press: Press, state: PanelState, next: (settings: Settings) => Changes) => Promise<unknown>;

/** What the handlers of a section can do with the panel that was pressed. */
export type Panel = {
  change: Change;
  /** Draws it again. */
  show(press: Press, state: PanelState, where?: { notice?: string }): Promise<unknown>;
  /** May this panel still be used, by this person? If it is too old that was answered, and it is false. @throws Refusal */
  allows(press: Press, state: PanelState): Promise<boolean>;
};

export type Section = {
  owner: Owner;
  view(shown: Shown, services: Services): Part[] | Promise<Part[]>;
};

/** What a file of sections/ exports. Sections stand in the panel by their `order`. */
export type SectionFile = {
  id: string;
  order: number;
  uses: readonly Service[];
  load(data: string, panel: (services: Services) => Panel): Section;
};

type Spec<W extends z.ZodType, A extends Actions, U extends Service> = OwnerSpec<W, A, U, 'server', Panel>;

export function section<W extends z.ZodType, A extends Actions, const U extends Service>(
  spec: Omit<Spec<W, A, U>, 'contexts'> & {
    /** As its file is called; its words are data/<language>/commands/setup/<id>.yaml. */
    id: string;
    order: number;
    view(shown: Shown, ctx: Ctx<z.output<W>, U>): Part[] | Promise<Part[]>;
  },
): SectionFile {
  const { id, order, uses, view } = spec;
  return {
    id,
    order,
    uses,
    load(data, panel) {
      const words = loadFile(data, `commands/setup/${id}.yaml`, spec.words) as Spoken<z.output<W>>;
      const owned: Spec<W, A, U> = { ...spec, contexts: ['server'] };
      return {
        owner: makeOwner(owned, words, panel),
        view: (shown, services) => view(shown, handed(shown.asked, uses, words, services)),
      };
    },
  };
}
