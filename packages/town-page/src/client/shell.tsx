/** The page's frame: channels, conversation, members and panel side by side; at a phone's width one at a time. */
import { useEffect, useState } from 'preact/hooks';
import { Channels } from './channels.tsx';
import { Conversation } from './conversation.tsx';
import { Forum } from './forum.tsx';
import type { Part } from './go.ts';
import { Header } from './header.tsx';
import { Members } from './members.tsx';
import { isForum } from './names.ts';
import { News } from './news.tsx';
import { Panel } from './panel.tsx';
import { Tabs } from './tabs.tsx';
import { Tour } from './tour.tsx';

export type Sides = { members: boolean; panel: boolean };

const wide = (px: number) => matchMedia(`(min-width: ${px}px)`).matches;

export function Shell(part: Part) {
  const { state } = part;
  const { world, host } = state;
  const [sides, setSides] = useState<Sides>(() => ({ members: wide(1360), panel: wide(1000) }));
  const here = world.channels.get(state.places[world.me.id] ?? '');
  const place = here?.id;

  useEffect(() => {
    document.title = `${here ? `${here.guild ? '#' : '@'}${here.name || 'Direct messages'} · ` : ''}${host.title}`;
  }, [here, host.title]);

  // Links to messages, as an application writes them, lead to the message on this page.
  const follow = (event: MouseEvent) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    const [, channel, message] = link?.href.match(/^https:\/\/discord\.com\/channels\/[^/]+\/(\d+)(?:\/(\d+))?$/) ?? [];
    if (channel === undefined || !world.channels.has(channel)) return;
    event.preventDefault();
    part.go.to(channel);
    if (message !== undefined) part.go.change({ t: 'mark', message });
  };

  /** What can be written in: the box, or a command that is being filled in; a place without one is just gone to. */
  const [toBox, setToBox] = useState(0);
  useEffect(() => {
    if (toBox === 0) return;
    const box = document.querySelector<HTMLElement>('.composer :is(.message-box, .slash-form input, .run)');
    (box ?? document.getElementById('talk'))?.focus();
  }, [toBox]);

  return (
    // biome-ignore lint/a11y: it only catches what a link, which can be pressed by key, lets through
    <main onClick={follow} class={`shell pane-${state.pane}`}>
      <h1 class="sr-only">{host.title}</h1>
      <nav class="skips" aria-label="Skip">
        <a class="skip" href="#talk">
          Skip to the conversation
        </a>
        <button
          type="button"
          class="skip"
          onClick={() => {
            part.go.change({ t: 'pane', pane: 'talk' });
            setToBox(toBox + 1);
          }}
        >
          Skip to the message box
        </button>
      </nav>
      <Tour {...part} />
      <Channels {...part} />
      <section class="talk" id="talk" aria-label="Conversation" tabIndex={-1}>
        <Header {...part} here={here} sides={sides} onSides={setSides} />
        <News {...part} here={here} />
        {!state.open && (
          <p class="lost" role="alert">
            The town does not answer. This page comes back by itself when it does.
          </p>
        )}
        {here &&
          (isForum(here) ? <Forum {...part} forum={here} /> : <Conversation key={place} {...part} channel={here} />)}
      </section>
      <Members {...part} open={sides.members} />
      {host.panel && <Panel {...part} words={host.panel} open={sides.panel} />}
      <Tabs {...part} />
    </main>
  );
}
