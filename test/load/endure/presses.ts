/** People who run commands and press buttons: of the panels they were shown, and of notes in their direct messages. */
import { pick } from '../traffic.ts';
import { type Guild, numbers, type Packet, type Person } from '../world.ts';
import type { Crowd } from './crowd.ts';

type Part = { type?: number; custom_id?: string; disabled?: boolean; components?: Part[]; accessory?: Part };
/** A message with buttons; `guild` is absent in direct messages. */
type Panel = { user: string; who: Person; guild?: Guild; message: { id: string; components: Part[] } & object };

export type Interaction = { id: string; user: string; kind: string; wants: 'on' | 'off' | undefined; packet: Packet };

const commands = ['reflect', 'explain', 'help', 'crisis', 'privacy', 'practice', 'need'];
/** What is pressed of all that is shown: nothing that ends a server's or a member's part in the run. */
const pressable =
  /^(?:nudges:(?:on|off|snooze|wake|more|back)|note:(?:another|why|wrong|because|settings|off|on)|reflect:|explain:|setup:mode:(?:on|observe):)/;
const everything = '2248473465835073';
/** Panels that may still be pressed; those of long ago are forgotten. */
const mostPanels = 300;
/** Parts of what people do; the rest are other commands. */
const parts = { panel: 0.5, nudges: 0.25, setup: 0.06 };

export function createPresses({ world, optedIn }: Crowd, seed: number, id: () => string) {
  const random = numbers(seed + 4);
  const panels: Panel[] = [];
  /** The panels of notes are kept beside, so that the many answers do not push them out. */
  const letters: Panel[] = [];
  const asked = new Map<string, Omit<Panel, 'message'>>();
  const moderated = world.guilds.slice(-Math.ceil(world.guilds.length / 20));
  const byUser = new Map(
    world.guilds.flatMap((guild) => guild.people.map((who) => [who.user.id, { who, guild }] as const)),
  );

  const at = (guild: Guild | undefined, { user, member }: Person): object =>
    guild
      ? {
          ...{ context: 0, guild_id: guild.id, guild: { id: guild.id, locale: 'en-US', features: [] } },
          ...{ channel_id: guild.text[0], channel: { id: guild.text[0], type: 0, guild_id: guild.id } },
          ...{ authorizing_integration_owners: { 0: guild.id }, app_permissions: everything },
          member: { ...member, user, permissions: everything },
        }
      : {
          ...{ context: 1, channel_id: user.id, channel: { id: user.id, type: 1 }, app_permissions: everything },
          ...{ authorizing_integration_owners: { 0: '0' }, user },
        };

  const interaction = (who: Person, guild: Guild | undefined, type: number, data: object, more = {}) => {
    const one = id();
    asked.set(one, { user: who.user.id, who, ...(guild && { guild }) });
    if (asked.size > 1_000) asked.delete(asked.keys().next().value ?? '');
    const fixed = { token: `token-${one}`, version: 1, attachment_size_limit: 10_485_760, locale: 'en-US' };
    const all = { id: one, application_id: world.self, type, ...fixed, entitlements: [], guild_locale: 'en-US' };
    return { id: one, packet: { t: 'INTERACTION_CREATE', d: { ...all, ...at(guild, who), data, ...more } } };
  };

  function run(name: string, guild: Guild, who: Person): Interaction {
    const data = { id: '1', name, type: 1, options: name === 'need' ? [] : undefined };
    return { ...interaction(who, guild, 2, data), user: who.user.id, kind: `/${name}`, wants: undefined };
  }

  function press({ who, guild, message }: Panel, custom_id: string): Interaction {
    const [owner, action] = custom_id.split(':');
    const wants =
      owner === 'nudges' || owner === 'note' ? (['on', 'off'] as const).find((one) => one === action) : undefined;
    const made = interaction(who, guild, 3, { component_type: 2, custom_id }, { message });
    return { ...made, user: who.user.id, kind: `${owner}:${action}`, wants };
  }

  function pressSomething(): Interaction | undefined {
    const from = letters.length > 0 && random() < 0.5 ? letters : panels;
    if (from.length === 0) return undefined;
    const [panel] = from.splice(Math.floor(random() * from.length), 1);
    const buttons = panel ? buttonsIn(panel.message.components).filter((one) => pressable.test(one)) : [];
    return panel && buttons.length > 0 ? press(panel, pick(buttons, random)) : undefined;
  }

  const keep = (list: Panel[], panel: Panel) => {
    list.push(panel);
    if (list.length > mostPanels) list.shift();
  };

  const shownTo = (user: string, letter: Partial<Panel['message']>, messageId: string, flags: number) => ({
    ...{ id: messageId, channel_id: user, type: 0, content: '', timestamp: new Date().toISOString(), flags },
    ...{ author: { id: world.self, username: 'attune', discriminator: '0001', avatar: null, bot: true } },
    ...{ edited_timestamp: null, tts: false, pinned: false, mention_everyone: false, mentions: [], mention_roles: [] },
    ...{ attachments: [], embeds: [], components: letter.components ?? [] },
  });

  return {
    next(): Interaction {
      const chance = random();
      const pressed = chance < parts.panel ? pressSomething() : undefined;
      if (pressed) return pressed;
      const guild = pick(world.guilds, random);
      if (chance > 1 - parts.setup) {
        const own = pick(moderated, random);
        return run('setup', own, own.people[0] ?? pick(own.people, random));
      }
      if (chance > 1 - parts.setup - parts.nudges) return run('nudges', guild, pick(optedIn(guild), random));
      return run(pick(commands, random), guild, pick(guild.people, random));
    },
    /** An answer to an interaction was seen: its buttons may be pressed. */
    shown(interactionId: string, letter: Partial<Panel['message']>): void {
      const who = asked.get(interactionId);
      if (!who || !letter.components) return;
      const message = {
        ...shownTo(who.user, letter, id(), 64 | 32_768),
        interaction_metadata: { id: interactionId, type: 2, user: who.who.user, authorizing_integration_owners: {} },
      };
      keep(panels, { ...who, message });
    },
    /** A direct message came. */
    got(user: string, letter: Partial<Panel['message']>): object {
      const message = shownTo(user, letter, id(), 32_768);
      const known = byUser.get(user);
      if (known) keep(letters, { user, who: known.who, message });
      return message;
    },
  };
}

function buttonsIn(parts: readonly Part[]): string[] {
  return parts.flatMap(({ type, custom_id, disabled, components, accessory }) => [
    ...(type === 2 && custom_id !== undefined && !disabled ? [custom_id] : []),
    ...buttonsIn([...(components ?? []), ...(accessory ? [accessory] : [])]),
  ]);
}
