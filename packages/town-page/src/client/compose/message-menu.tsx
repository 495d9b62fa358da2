/** What can be done with a message: the menu of a right click, of "More", and of the keyboard. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Icon, type IconName } from '../icons.tsx';
import type { Command, MessageMenuProps } from '../types.ts';
import { messageOf } from './limits.ts';
import { withNames } from './mentions.ts';
import { menuOffers } from './menu-offers.ts';
import { messageCommands } from './slash.ts';
import { focusBack, useFloating } from './use-floating.ts';

type Item = { name: string; sign: IconName; danger?: boolean; act(): void };

export function MessageMenu(props: MessageMenuProps) {
  const { message, world, channel, acts, at, app, onClose } = props;
  const menu = useRef<HTMLDivElement>(null);
  const [appsOpen, setAppsOpen] = useState(app !== undefined);
  const [problem, setProblem] = useState('');
  useFloating(menu, at, onClose, `${appsOpen} ${problem}`);
  const may = menuOffers(world, channel, message);
  const commands = may.apps ? messageCommands(world, channel) : [];

  const done = (act: () => void) => () => {
    focusBack(at);
    onClose();
    act();
  };
  /** The menu stays until it went well. */
  const attempt = (act: () => Promise<void>) => () => {
    act().then(
      done(() => {}),
      (error: unknown) => setProblem(messageOf(error)),
    );
  };
  const useApp = (command: Command) => done(() => void acts.usesMenu(message, command).catch(() => undefined));

  const items: (Item | false)[] = [
    may.react && { name: 'Add reaction', sign: 'smile', act: done(() => props.onReact(message, at)) },
    may.edit && { name: 'Edit message', sign: 'edit', act: done(() => props.onEdit(message)) },
    may.reply && { name: 'Reply', sign: 'reply', act: done(() => props.onReply(message)) },
    may.forward && { name: 'Forward', sign: 'forward', act: done(() => props.onForward(message)) },
    may.thread && { name: 'Create thread', sign: 'thread', act: done(() => props.onStartThread(message)) },
    may.copy && { name: 'Copy text', sign: 'copy', act: attempt(() => copy(withNames(message.content, world))) },
    may.pin && { name: 'Pin message', sign: 'pin', act: attempt(() => acts.pins(message)) },
  ];
  const last: (Item | false)[] = [
    may.dismiss && { name: 'Dismiss message', sign: 'hide', act: done(() => acts.dismisses(message)) },
    may.delete && { name: 'Delete message', sign: 'trash', danger: true, act: done(() => props.onDelete(message)) },
  ];

  const entries = () => [...(menu.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
  useLayoutEffect(() => {
    const [first, ...others] = entries();
    const wanted = app === undefined ? undefined : others.find(({ textContent }) => textContent?.trim() === app);
    (wanted ?? first)?.focus();
  }, []);
  const apps = () => menu.current?.querySelector<HTMLElement>('.menu-apps');
  const openApps = () => {
    setAppsOpen(true);
    requestAnimationFrame(() => menu.current?.querySelector<HTMLElement>('.submenu [role=menuitem]')?.focus());
  };
  const closeApps = () => {
    setAppsOpen(false);
    apps()?.focus();
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const all = entries();
    const now = all.indexOf(document.activeElement as HTMLElement);
    const inApps = document.activeElement?.closest('.submenu') !== null;
    const keys: Record<string, () => void> = {
      ArrowDown: () => all[(now + 1) % all.length]?.focus(),
      ArrowUp: () => all.at(now <= 0 ? -1 : now - 1)?.focus(),
      Home: () => all[0]?.focus(),
      End: () => all.at(-1)?.focus(),
      Escape: inApps ? closeApps : done(() => {}),
      Tab: done(() => {}),
      ...(inApps && { ArrowLeft: closeApps }),
      ...(document.activeElement === apps() && { ArrowRight: openApps }),
    };
    const act = Object.hasOwn(keys, event.key) ? keys[event.key] : undefined;
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };

  return (
    <section ref={menu} class="menu" aria-label="Menu of the message">
      <div role="menu" aria-label="Message actions" tabIndex={-1} onKeyDown={onKeyDown}>
        {items.map((item) => item && <MenuItem key={item.name} {...item} />)}
        {commands.length > 0 && (
          <>
            <button
              type="button"
              role="menuitem"
              class="menu-item menu-apps"
              tabIndex={-1}
              aria-haspopup="menu"
              aria-expanded={appsOpen}
              onClick={() => (appsOpen ? closeApps() : openApps())}
            >
              <span>Apps</span>
              <Icon name={appsOpen ? 'apps' : 'next'} size={18} />
            </button>
            {appsOpen && (
              <div class="submenu" role="menu" aria-label="Apps">
                {commands.map((command) => (
                  <MenuItem key={command.id} name={command.name} sign="apps" act={useApp(command)} />
                ))}
              </div>
            )}
          </>
        )}
        {last.some(Boolean) && items.some(Boolean) && <hr class="menu-line" />}
        {last.map((item) => item && <MenuItem key={item.name} {...item} />)}
      </div>
      {problem && (
        <p class="menu-problem" role="alert">
          {problem}
        </p>
      )}
    </section>
  );
}

function MenuItem({ name, sign, danger = false, act }: Item) {
  return (
    <button type="button" role="menuitem" class={danger ? 'menu-item danger' : 'menu-item'} tabIndex={-1} onClick={act}>
      <span>{name}</span>
      <Icon name={sign} size={18} />
    </button>
  );
}

async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    throw new Error('The browser does not let this page copy.');
  }
}
