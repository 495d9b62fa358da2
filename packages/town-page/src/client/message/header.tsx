import { MessageFlags } from 'discord-api-types/v10';
import { Icon } from '../icons.tsx';
import { When } from '../when.tsx';
import type { Author } from './about.ts';
import { colourOf, useScene } from './scene.ts';

/** Who wrote it, and when. */
export function Header({ author, at }: { author: Author; at: number }) {
  const { world, message } = useScene();
  const colour = colourOf(world, author.id);
  const isSilent = ((message.flags ?? 0) & MessageFlags.SuppressNotifications) !== 0;
  return (
    <div class="message-head">
      <span class="message-author" style={colour ? { '--role': colour } : undefined}>
        {author.name}
      </span>
      {author.bot && <AppTag />}
      <When at={at} locale={world.me.locale} class="message-time" />
      {isSilent && <Silent />}
    </div>
  );
}

export const AppTag = () => <span class="app-tag">App</span>;

/** Sent without a push. */
const Silent = () => (
  <span class="message-silent" title="Sent without a notification">
    <Icon name="silent" size={14} />
    <span class="sr-only">Sent without a notification</span>
  </span>
);
