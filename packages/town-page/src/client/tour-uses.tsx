/** Every command of the application, each a press away: into the message box, or in the menu of a message. */
import { ApplicationCommandType } from 'discord-api-types/v10';
import { useState } from 'preact/hooks';
import type { TourStep, TourUse, TourWords } from '../protocol.ts';
import type { Part, Ready } from './go.ts';
import { newestOf } from './order.ts';
import type { Command, Message } from './types.ts';
import { useThere } from './use-there.ts';

type Props = Pick<Part, 'state' | 'go'> & { tour: TourWords; step: TourStep; uses: readonly TourUse[] };

export function TourUses({ state, go, tour, step, uses }: Props) {
  const { world } = state;
  const [missing, setMissing] = useState('');
  const useOf = ({ name }: Command): TourUse => uses.find((use) => use.name === name) ?? { name };

  const showMenu = (message: Message, { name }: Command) => {
    const from = document.getElementById(`message-${message.id}`)?.querySelector('[data-message]');
    if (!from) return;
    go.change({ t: 'pane', pane: 'talk' });
    from.scrollIntoView({ block: 'nearest' });
    const { left, top } = from.getBoundingClientRect();
    const at = { x: left + 72, y: Math.max(top, 0) + 24, from };
    go.change({ t: 'dialogs', change: { menu: { message, at, app: name } } });
  };

  const slash = ordered(world.commands, uses, ApplicationCommandType.ChatInput);
  const menus = ordered(world.commands, uses, ApplicationCommandType.Message);
  const lead = useThere<Command>(
    { state, go },
    (command) => ({ as: useOf(command).as, at: step.at }),
    (command, channel) => {
      if (command.type === ApplicationCommandType.ChatInput)
        return go.change({ t: 'insert', text: `/${command.name}` });
      const { of, missing: none = '' } = useOf(command);
      const message = newestOf(spokenBy(state, of, state.messages.get(channel ?? '') ?? []));
      return message ? showMenu(message, command) : setMissing(none);
    },
  );
  const press = (command: Command) => {
    setMissing('');
    lead(command);
  };
  return (
    <>
      <Commands list={slash} sign="/" label={step.title} onPress={press} />
      {menus.length > 0 && <p class="muted">{tour.inMenu}</p>}
      <Commands list={menus} sign="" label={tour.inMenu} onPress={press} />
      <p role="status" class="muted waiting">
        {missing}
      </p>
    </>
  );
}

type ListProps = { list: readonly Command[]; sign: string; label: string; onPress(command: Command): void };

const Commands = ({ list, sign, label, onPress }: ListProps) => (
  <ul class="tour-uses" aria-label={label}>
    {list.map((command) => (
      <li key={command.id}>
        <button type="button" class="chip" title={command.description} onClick={() => onPress(command)}>
          {sign}
          {command.name}
        </button>
      </li>
    ))}
  </ul>
);

/** Those that are named come first, in their order. */
function ordered(commands: ReadonlyMap<string, Command>, uses: readonly TourUse[], wanted: ApplicationCommandType) {
  const at = ({ name }: Command) => uses.findIndex((use) => use.name === name) + 1 || uses.length + 1;
  return [...commands.values()].filter(({ type }) => type === wanted).sort((a, b) => at(a) - at(b));
}

/** What everybody sees; `of`: of this person or application alone. */
const spokenBy = ({ world }: Ready, of: string | undefined, messages: readonly Message[]): Message[] =>
  messages.filter(
    ({ author, ephemeral }) => !ephemeral && (of === undefined || world.people.get(author.id)?.name === of),
  );
