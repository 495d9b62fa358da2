/** At a phone's width: the panes, one at a time. */
import type { Part } from './go.ts';
import { Icon, type IconName } from './icons.tsx';
import { mailFor, type Pane, unreadIn } from './state.ts';

export function Tabs({ state, go }: Part) {
  const { world, host } = state;
  const waiting =
    host.cast.some(({ id }) => id !== world.me.id && mailFor(state, id) > 0) ||
    [...world.channels.keys()].some((id) => id !== state.places[world.me.id] && unreadIn(state, id) > 0);
  const tabs: [Pane, string, IconName, boolean][] = [
    ['channels', 'Channels', 'list', waiting],
    ['talk', 'Conversation', 'talk', false],
    ['members', 'Members', 'people', false],
  ];
  if (host.panel) tabs.push(['panel', 'Decisions', 'lamp', state.newDecisions > 0]);
  return (
    <nav class="tabs" aria-label="Panes">
      {tabs.map(([pane, name, icon, isNew]) => (
        <button
          key={pane}
          type="button"
          aria-current={state.pane === pane ? 'true' : undefined}
          onClick={() => go.change({ t: 'pane', pane })}
        >
          <Icon name={icon} size={22} />
          {name}
          {isNew && (
            <span class="dot">
              <span class="sr-only">, something new</span>
            </span>
          )}
        </button>
      ))}
    </nav>
  );
}
