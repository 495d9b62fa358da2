/** The keys of a message that has the focus: as in Discord, arrows walk and letters do. */
import type { Channel, MessageViewProps } from '../types.ts';
import { offers } from './about.ts';

type Doing = MessageViewProps & {
  channel: Channel | undefined;
  isOwn: boolean;
  openMenu(x: number, y: number): void;
  react(x: number, y: number): void;
};

export function keyPressed(event: KeyboardEvent, element: HTMLElement, doing: Doing): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const { message, world, channel, isOwn } = doing;
  const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
  if (step !== 0) {
    const all = [...document.querySelectorAll<HTMLElement>('[data-message]')];
    const next = all[all.indexOf(element) + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
    next.scrollIntoView({ block: 'nearest' });
    return;
  }
  if (!isOwn) return;
  const may = offers(world, channel, message);
  const { left, top } = element.getBoundingClientRect();
  const at = [left + 72, Math.max(top, 0) + 24] as const;
  const does: Record<string, (() => void) | false> = {
    Enter: () => doing.openMenu(...at),
    r: may.reply && (() => doing.onReply(message)),
    e: may.edit && (() => doing.onEdit(message)),
    '+': may.react && (() => doing.react(...at)),
    Backspace: may.delete && (() => doing.onDelete(message)),
    Delete: may.delete && (() => doing.onDelete(message)),
  };
  const act = does[event.key];
  if (!act) return;
  event.preventDefault();
  act();
}
