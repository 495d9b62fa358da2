/** What an option of a command offers: its choices, people, channels, or what the application answers while one types. */
import {
  type APIApplicationCommandOptionChoice,
  ComponentType,
  ApplicationCommandOptionType as Option,
} from 'discord-api-types/v10';
import { useEffect, useState } from 'preact/hooks';
import { type Choice, choicesOf, matching } from '../message/choices.ts';
import type { Acts, Channel, OptionValue, World } from '../types.ts';
import { checkAll, completesTyped, type Draft, type Drafts } from './option-check.ts';
import type { Entry, ValueOption } from './slash.ts';

export type Offer = Choice & { gives: OptionValue };
/** `note`: why there is nothing to choose (yet). */
export type Offers = { offers: readonly Offer[]; note?: string };

const offered = ({ name, value }: APIApplicationCommandOptionChoice): Offer => ({
  value: String(value),
  label: name,
  gives: value,
});

const yesAndNo: readonly Offer[] = [
  { value: 'true', label: 'True', gives: true },
  { value: 'false', label: 'False', gives: false },
];

function things(option: ValueOption, world: World, channel: Channel): Choice[] | undefined {
  const custom_id = '';
  switch (option.type) {
    case Option.User:
      return choicesOf({ type: ComponentType.UserSelect, custom_id }, world, channel);
    case Option.Role:
      return choicesOf({ type: ComponentType.RoleSelect, custom_id }, world, channel);
    case Option.Mentionable:
      return choicesOf({ type: ComponentType.MentionableSelect, custom_id }, world, channel);
    case Option.Channel: {
      const channel_types = option.channel_types ?? [];
      return choicesOf(
        { type: ComponentType.ChannelSelect, custom_id, channel_types: [...channel_types] },
        world,
        channel,
      );
    }
    default:
      return undefined;
  }
}

/** Everything that is offered before anything was typed; undefined when values are free. */
export function fixedOffers(option: ValueOption, world: World, channel: Channel): readonly Offer[] | undefined {
  if (option.type === Option.Boolean) return yesAndNo;
  const choices: readonly APIApplicationCommandOptionChoice[] =
    ('choices' in option ? option.choices : undefined) ?? [];
  if (choices.length > 0) return choices.map(offered);
  return things(option, world, channel)?.map((choice) => ({ ...choice, gives: choice.value }));
}

/** Those that fit what was typed. All of them while one of them is chosen. */
export function fitting(all: readonly Offer[], draft: Draft | undefined): readonly Offer[] {
  if (!draft || draft.value !== undefined) return all;
  const fits = new Set(matching(all, draft.text).map(({ value }) => value));
  return all.filter(({ value }) => fits.has(value));
}

type Asked = { entry: Entry; option: ValueOption; drafts: Drafts; channel: Channel; acts: Acts; active: boolean };

const pause = 200;

/** Asks the application for choices, a moment after the last key; older answers are dropped. */
export function useCompletion({ entry, option, drafts, channel, acts, active }: Asked): Offers | undefined {
  const [found, setFound] = useState<Offers>({ offers: [], note: 'Loading options …' });
  const asks = completesTyped(option) && active;
  const draft = drafts[option.name];
  const text = draft?.value === undefined ? (draft?.text ?? '') : '';
  useEffect(() => {
    if (!asks) return;
    let over = false;
    setFound(({ offers }) => (offers.length > 0 ? { offers } : { offers, note: 'Loading options …' }));
    const timer = setTimeout(async () => {
      const { [option.name]: _, ...others } = checkAll(entry, drafts).values;
      const made = await ask({ ...others, [option.name]: text });
      if (!over) setFound(made);
    }, pause);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [asks, text]);

  async function ask(values: Record<string, OptionValue>): Promise<Offers> {
    const files = Object.entries(values).filter(([, value]) => !(value instanceof File));
    try {
      const given = Object.fromEntries(files);
      const choices = await acts.completes(channel.id, entry.command, entry.path, given, option.name);
      return choices.length > 0
        ? { offers: choices.map(offered) }
        : { offers: [], note: 'No options match your search.' };
    } catch {
      return { offers: [], note: 'Loading options failed' };
    }
  }

  return completesTyped(option) ? found : undefined;
}
