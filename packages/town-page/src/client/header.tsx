/** The line above the conversation: where one is, what it is about, and what can be opened beside it. */
import type { Part } from './go.ts';
import { Icon, type IconName } from './icons.tsx';
import { isDm, isForum, nameOf } from './names.ts';
import type { Sides } from './shell.tsx';
import type { Channel } from './types.ts';

type Props = Part & { here: Channel | undefined; sides: Sides; onSides(sides: Sides): void };

export const signOf = (channel: Channel): IconName =>
  isDm(channel) ? 'at' : channel.thread ? 'thread' : isForum(channel) ? 'forum' : 'hash';

export function Header({ state, acts, go, here, sides, onSides }: Props) {
  const { world, host } = state;
  const parent = here?.thread && here.parent !== null ? world.channels.get(here.parent) : undefined;
  const mayClose =
    here?.thread && !here.thread.archived && (here.thread.owner === world.me.id || here.may.manageThreads);
  return (
    <header class="bar">
      {parent && (
        <button type="button" class="icon-button" onClick={() => go.to(parent.id)} title={`Back to #${parent.name}`}>
          <Icon name="back" />
          <span class="sr-only">Back to #{parent.name}</span>
        </button>
      )}
      {here && (
        <>
          <span class="bar-sign">
            <Icon name={signOf(here)} />
          </span>
          <h2>{nameOf(world, here)}</h2>
          {here.topic && <p class="topic">{here.topic}</p>}
        </>
      )}
      <div class="bar-buttons">
        {mayClose && (
          <button type="button" class="button plain small" onClick={() => void acts.archives(here.id)}>
            Close thread
          </button>
        )}
        {here?.may.startThreads && !isForum(here) && (
          <button
            type="button"
            class="icon-button"
            title="New thread"
            onClick={() => go.change({ t: 'dialogs', change: { threading: { channel: here.id } } })}
          >
            <Icon name="thread" />
            <span class="sr-only">New thread</span>
          </button>
        )}
        <button
          type="button"
          class="icon-button only-wide"
          title="Members"
          aria-pressed={sides.members}
          onClick={() => onSides({ ...sides, members: !sides.members })}
        >
          <Icon name="people" />
          <span class="sr-only">Members</span>
        </button>
        {host.panel && (
          <button
            type="button"
            class="icon-button only-wide"
            title={host.panel.title}
            aria-pressed={sides.panel}
            onClick={() => onSides({ ...sides, panel: !sides.panel })}
          >
            <Icon name="lamp" />
            <span class="sr-only">{host.panel.title}</span>
          </button>
        )}
      </div>
    </header>
  );
}
