import { MessageFlags } from 'discord-api-types/v10';
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
    <svg viewBox="0 0 24 24" width="14" height="14" aria-hidden="true">
      <path
        d="M6 17V11a6 6 0 0 1 9.500-4.900M18 11v6M4 17h16M10 20.500h4M4 4l16 16"
        fill="none"
        stroke="currentColor"
        stroke-width="2"
        stroke-linecap="round"
      />
    </svg>
    <span class="sr-only">Sent without a notification</span>
  </span>
);
